import { span, hasText, t } from '../lib/text.js';

/** A role by its name in words, anybody else as written. */
export const person = who => (hasText(`role.${who}`) ? t(`role.${who}`) : who);

/** What holds of a job, in one line. */
export const ruleLine = rule => [
  t('rule.in-charge.line', person(rule.inCharge)),
  t('rule.one'),
  rule.timeoutMinutes == null ? t('rule.timeout.none') : t('rule.timeout.line', span(rule.timeoutMinutes * 60)),
  rule.retries === 0 ? t('rule.retries.none') : t('rule.retries.line', String(rule.retries), span(rule.retryAfterMinutes * 60)),
  rule.told.length ? t('rule.told.line', rule.told.map(person).join(', ')) : t('rule.told.none'),
].join(' · ');
