import { svg } from 'lit';
import { Piece, html } from 'shared/piece.js';

/** A printed label, to scale: eight dots a millimetre. */
class LabelPicture extends Piece {
  static properties = { label: { attribute: false } };

  render() {
    const { width, height, marks } = this.label;
    return html`<svg class="label" viewBox="0 0 ${width} ${height}" width=${(width / 8) * 3.78} height=${(height / 8) * 3.78} role="img" aria-label=${marks.map(mark => mark.text).join('\n')}>
      ${marks.map(mark => (mark.bars.length ? bars(mark) : svg`<text x=${mark.x} y=${mark.y + mark.height * 0.8} font-size=${mark.height} textLength=${mark.width || undefined} lengthAdjust="spacingAndGlyphs">${mark.text}</text>`))}
    </svg>`;
  }
}
customElements.define('label-picture', LabelPicture);

/** Bars and gaps in turns, a bar first, as wide as the mark. */
export function bars({ x, y, width, height, bars: widths, text }) {
  const module = width / widths.reduce((sum, one) => sum + one, 0);
  let at = x;
  let path = '';
  widths.forEach((one, index) => {
    if (index % 2 === 0) path += `M${at} ${y}h${one * module}v${height}h-${one * module}z`;
    at += one * module;
  });
  return svg`<path d=${path}><title>${text}</title></path>`;
}
