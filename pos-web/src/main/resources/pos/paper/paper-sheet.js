import { svg } from 'lit';
import { Piece, html } from 'shared/piece.js';
import { qr } from 'shared/qr.js';
import { bars } from '../devices/label-picture.js';

// A receipt printer's own measure: 8 dots a millimetre, characters of 12 × 24 dots, lines 30 dots apart.
const CELL = 12;
const LINE = 30;
const GLYPH = 24;
const MARGIN = 32;
const DOT = 5;
const BARS = 80;
const IMAGE = 6;

/** One sheet of the simulated printer, to scale: every character in its cell, whatever font the screen has. */
class PaperSheet extends Piece {
  static properties = { sheet: { attribute: false } };

  render() {
    const { columns, lines } = this.sheet;
    const width = columns * CELL + 2 * MARGIN;
    let y = MARGIN;
    const drawn = lines.map(line => {
      const top = y;
      if (line.qr) {
        const code = qr(line.qr);
        const side = code.length * DOT;
        y += side + LINE / 2;
        const x = line.align === 'CENTER' ? (width - side) / 2 : line.align === 'RIGHT' ? width - MARGIN - side : MARGIN;
        return svg`<path class="qr" d=${modules(code, x, top)}><title>${line.qr}</title></path>`;
      }
      if (line.image) {
        const side = IMAGE * GLYPH;
        y += side + LINE / 2;
        return svg`<image href=${line.image} x=${MARGIN} y=${top} width=${columns * CELL} height=${side}></image>`;
      }
      if (line.bars?.length) {
        const modules = line.bars.reduce((sum, one) => sum + one, 0);
        const long = modules * Math.max(1, Math.min(3, Math.floor((columns * CELL) / (modules + 20))));
        y += BARS + LINE * 1.5;
        const x = line.align === 'CENTER' ? (width - long) / 2 : line.align === 'RIGHT' ? width - MARGIN - long : MARGIN;
        return svg`${bars({ x, y: top, width: long, height: BARS, bars: line.bars, text: line.text })}
          <text x=${x + long / 2} y=${top + BARS + GLYPH} text-anchor="middle">${line.text}</text>`;
      }
      y += LINE * line.height - (line.height - 1) * (LINE - GLYPH);
      const characters = [...line.text];
      const cell = CELL * line.width;
      const length = characters.length * cell;
      const x = line.align === 'CENTER' ? (width - length) / 2 : line.align === 'RIGHT' ? width - MARGIN - length : MARGIN;
      if (characters.length === 0) return svg``;
      return svg`<text transform="translate(${x} ${top + GLYPH * line.height - 4 * line.height}) scale(${line.width} ${line.height})" textLength=${characters.length * CELL} lengthAdjust="spacingAndGlyphs" font-weight=${line.bold ? 700 : 400}>${line.text.replaceAll(' ', '\u00a0')}</text>`;
    });
    const height = y + MARGIN;
    return html`<svg class="sheet" viewBox="0 0 ${width} ${height}" width=${(width / 8) * 3.78} height=${(height / 8) * 3.78} role="img" aria-label=${lines.map(line => line.text).join('\n')}>${drawn}</svg>`;
  }
}
customElements.define('paper-sheet', PaperSheet);

function modules(code, x, y) {
  let path = '';
  code.forEach((row, r) => row.forEach((dark, c) => dark && (path += `M${x + c * DOT} ${y + r * DOT}h${DOT}v${DOT}h-${DOT}z`)));
  return path;
}
