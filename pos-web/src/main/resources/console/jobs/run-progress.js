import { html, nothing } from 'lit';
import { bar, icon, state } from '../lib/pieces.js';
import { moment, number, span, stepName, t, tn } from '../lib/text.js';

const TONES = { failed: 'stop', stopped: 'attention', stopping: 'attention', done: 'good' };

/** What waits for a person, or has waited, has stopped for Batch alone. */
const shown = (step, run) => {
  if (step.status !== 'stopped' || (step.name ?? step.step) !== 'approval') return step.status;
  return run.status === 'waiting_for_approval' ? run.status : 'asked';
};

/** What a stopped run has done to the catalogue, and what it goes on with. */
export function stoppedAt(run) {
  const publish = run.steps.find(step => step.name === 'publish');
  if (run.status !== 'stopped' || !publish) return nothing;
  const left = run.steps.filter(step => step.status !== 'done').map(step => stepName(step.name));
  if (!left.length) return nothing;
  return html`<div class="notice" role="status" data-test="run-stopped-at" data-published=${publish.status === 'done'}>${icon('info-circle')}
    <span>${t(publish.status === 'done' ? 'run.stopped.published' : 'run.stopped.unpublished', left.join(', '))}</span></div>`;
}

/** The steps of a run: what is done, what is left, and how long. */
export const steps = run => html`
  <ol class="steps" data-test="steps">
    ${run.steps.map(step => html`
      <li class="step" data-test="step" data-step=${step.name} data-status=${step.status}>
        <div class="step-head"><strong>${stepName(step.name)}</strong>
          <span class="step-percent">${step.percent == null ? t(`state.run.${shown(step, run)}`) : `${step.percent} %`}</span></div>
        ${bar(step.status === 'running' || step.percent != null ? step.percent : 0, stepName(step.name), TONES[step.status] ?? 'accent')}
        <div class="step-figures">
          ${step.read || step.total ? html`<span>${step.total == null ? tn('step.read', step.read) : t('step.read.of', number(step.read), number(step.total))}</span>` : nothing}
          ${step.written ? html`<span>${tn('step.written', step.written)}</span>` : nothing}
          ${step.skipped ? html`<span class="text-attention">${tn('step.skipped', step.skipped)}</span>` : nothing}
          ${step.status === 'running' && step.secondsLeft != null ? html`<span class="step-left">${t('step.left', span(step.secondsLeft))}</span>` : nothing}
        </div>
      </li>`)}
  </ol>`;

export const took = run => run.endedAt ? span((new Date(run.endedAt) - new Date(run.startedAt)) / 1000) : '–';

/** What happened, in order, with times: every step each time that it was begun. */
export const runLog = (log, run) => html`
  <section aria-labelledby="log-title">
    <h2 id="log-title">${t('run.log')}</h2>
    <div class="table-frame" tabindex="0"><table class="table" data-test="run-log">
      <thead><tr><th>${t('run.log.at')}</th><th>${t('run.log.step')}</th><th>${t('run.state')}</th><th class="figures">${t('run.took')}</th>
        <th class="figures">${t('run.log.read')}</th><th class="figures">${t('run.log.written')}</th><th class="figures">${t('run.log.skipped')}</th></tr></thead>
      <tbody>${log.map(line => html`
        <tr><th scope="row">${moment(line.startedAt, true)}</th><td>${stepName(line.step)}</td><td>${state('run', shown(line, run))}</td>
          <td class="figures">${took(line)}</td><td class="figures">${number(line.read)}</td><td class="figures">${number(line.written)}</td><td class="figures">${number(line.skipped)}</td></tr>`)}</tbody></table></div>
  </section>`;
