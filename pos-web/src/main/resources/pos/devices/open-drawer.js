import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { uuid7 } from 'shared/ids.js';
import { Over } from '../shell/dialog.js';
import { till } from '../shell/till.js';
import { hour } from '../shell/time.js';
import { deviceServer } from './device-server.js';

/** Opens the drawer by hand, with the reason, and shows who did before. */
class OpenDrawer extends Over {
  static properties = { ...Over.properties, why: { state: true }, openings: { state: true }, problem: { state: true }, busy: { state: true } };

  async show() {
    this.why = '';
    this.problem = undefined;
    this.openings = undefined;
    this.act = uuid7();
    await super.show();
    await this.load();
  }

  async load() {
    try {
      this.openings = (await till.read(() => deviceServer.openings(till.register.id))).openings;
    } catch (problem) {
      this.problem = problem;
    }
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.problem = undefined;
    try {
      await till.read(() => deviceServer.openDrawer(till.register.id, this.act, this.why));
      this.close();
      till.say(t('opendrawer.done'), 'good');
    } catch (problem) {
      this.problem = problem;
      if (!problem.unreachable) this.act = uuid7();
    } finally {
      this.busy = false;
    }
  }

  render() {
    return this.frame('open-drawer', t('opendrawer.title'), () => html`
      <form @submit=${event => this.submit(event)}>
        <label class="form-label" for="drawer-why">${t('opendrawer.why')}</label>
        <input id="drawer-why" class="form-control" data-test="drawer-why" maxlength="200" autocomplete="off" autofocus .value=${this.why ?? ''} @input=${event => { this.why = event.target.value; this.problem = undefined; }}>
        <p class="form-hint">${t('opendrawer.hint')}</p>
        <p class="field-problem follows" role="alert" data-test="drawer-problem">${this.problem ? this.problem.detail || t('away.empty') : ''}</p>
        <button type="submit" class="btn btn-main" data-test="drawer-open-now" ?disabled=${this.busy || !this.why?.trim()}>${t('opendrawer.go')} <kbd>Enter</kbd></button>
      </form>
      ${this.openings?.length
        ? html`<h3>${t('opendrawer.before')}</h3>
            <ol class="plain openings" data-test="openings">${this.openings.map(one => html`<li data-test="opening" data-reason=${one.reason}><span class="quiet num">${hour(one.at)}</span><span>${t('opendrawer.reason.' + one.reason)} <span class="quiet">${one.cause}</span></span><span class="quiet">${one.person}</span></li>`)}</ol>`
        : nothing}`);
  }
}
customElements.define('open-drawer', OpenDrawer);
