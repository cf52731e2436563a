-- Schema 2 of sales: notes, who granted a discount or a return, and what a returned line was sold as.

alter table sale_line add column note text;
alter table sale_line add column grant_reason text;
alter table sale_line add column granted_by uuid;
alter table sale_line add column granted_by_name text;
alter table sale_line add column return_sale uuid;
alter table sale_line add column return_line uuid;
alter table sale_line add column return_folio text;
alter table sale_line add column return_reason text;
create index sale_line_by_return on sale_line (return_line) where return_line is not null;
