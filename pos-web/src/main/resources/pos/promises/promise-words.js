import { t } from 'shared/texts.js';
import { day } from '../shell/time.js';

/** How it stands; a quote's words are feminine in Spanish. */
export const stateOf = ({ kind, state }) => t(kind === 'QUOTE' ? `promise.state.QUOTE.${state}` : `promise.state.${state}`);

/** Its last day, or the day that it was promised for. */
export const untilOf = ({ kind, expired, dueOn }) => t(expired ? 'promise.expired' : kind === 'ORDER' ? 'promise.for' : 'promise.until', day(dueOn));
