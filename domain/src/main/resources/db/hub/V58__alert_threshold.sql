-- What an alert was measured by when it was raised: its rule may be changed afterwards. Of alerts from before, the rule's of today is the best that is known.
alter table alert
    add column threshold bigint;

update alert a
set threshold = r.threshold
from alert_rule r
where r.id = a.rule_id;

alter table alert
    alter column threshold set not null;
