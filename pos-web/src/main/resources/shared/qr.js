/**
 * A QR code (ISO/IEC 18004) at level M, versions 1 to 25, of bytes or, where they suffice, of the 45 alphanumeric characters: what a receipt carries. Answers rows of booleans, true is dark.
 */

// Per version at level M: error correction words per block, and the blocks' data words.
/** A row of the standard's table: so many blocks of the smaller size, and of one more. */
const blocks = (words, few, size, more) => [words, [...new Array(few).fill(size), ...new Array(more).fill(size + 1)]];
const BLOCKS = [
  undefined,
  [10, [16]],
  [16, [28]],
  [26, [44]],
  [18, [32, 32]],
  [24, [43, 43]],
  [16, [27, 27, 27, 27]],
  [18, [31, 31, 31, 31]],
  [22, [38, 38, 39, 39]],
  [22, [36, 36, 36, 37, 37]],
  [26, [43, 43, 43, 43, 44]],
  blocks(30, 1, 50, 4),
  blocks(22, 6, 36, 2),
  blocks(22, 8, 37, 1),
  blocks(24, 4, 40, 5),
  blocks(24, 5, 41, 5),
  blocks(28, 7, 45, 3),
  blocks(28, 10, 46, 1),
  blocks(26, 9, 43, 4),
  blocks(26, 3, 44, 11),
  blocks(26, 3, 41, 13),
  blocks(26, 17, 42, 0),
  blocks(28, 17, 46, 0),
  blocks(28, 4, 47, 14),
  blocks(28, 6, 45, 14),
  blocks(28, 8, 47, 13),
];
const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const ALIGNMENT = [[], [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50],
  [6, 30, 54], [6, 32, 58], [6, 34, 62], [6, 26, 46, 66], [6, 26, 48, 70], [6, 26, 50, 74], [6, 30, 54, 78], [6, 30, 56, 82], [6, 30, 58, 86], [6, 34, 62, 90],
  [6, 28, 50, 72, 94], [6, 26, 50, 74, 98], [6, 30, 54, 78, 102], [6, 28, 54, 80, 106], [6, 32, 58, 84, 110]];
const MASKS = [
  (r, c) => (r + c) % 2 === 0,
  r => r % 2 === 0,
  (r, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
];

const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let i = 0, x = 1; i < 255; i++) {
  EXP[i] = EXP[i + 255] = x;
  LOG[x] = i;
  x = (x << 1) ^ (x & 0x80 ? 0x11d : 0);
}
const times = (a, b) => (a && b ? EXP[LOG[a] + LOG[b]] : 0);

export function qr(text) {
  const content = [...text].every(letter => ALPHANUMERIC.includes(letter)) ? letters(text) : bytes(text);
  const version = BLOCKS.findIndex((rows, v) => rows && 4 + content.counts(v) + content.bits.length <= 8 * sum(rows[1]));
  if (version < 0) return [[false]];
  const words = interleave(dataWords(content, version), version);
  let best;
  for (let mask = 0; mask < MASKS.length; mask++) {
    const code = draw(words, version, mask);
    const penalty = judge(code);
    if (!best || penalty < best.penalty) best = { code, penalty };
  }
  return best.code;
}

const sum = numbers => numbers.reduce((a, b) => a + b, 0);

const binary = (value, length) => Array.from({ length }, (_, i) => (value >> (length - 1 - i)) & 1);

function bytes(text) {
  const all = [...new TextEncoder().encode(text)];
  return { mode: 4, length: all.length, counts: version => (version < 10 ? 8 : 16), bits: all.flatMap(byte => binary(byte, 8)) };
}

/** Two characters in 11 bits, an odd one in 6. */
function letters(text) {
  const bits = [];
  for (let i = 0; i < text.length; i += 2) {
    const value = ALPHANUMERIC.indexOf(text[i]);
    bits.push(...(i + 1 < text.length ? binary(value * 45 + ALPHANUMERIC.indexOf(text[i + 1]), 11) : binary(value, 6)));
  }
  return { mode: 2, length: text.length, counts: version => (version < 10 ? 9 : 11), bits };
}

function dataWords(content, version) {
  const capacity = sum(BLOCKS[version][1]);
  const bits = [];
  const put = (value, length) => {
    for (let i = length - 1; i >= 0; i--) bits.push((value >> i) & 1);
  };
  put(content.mode, 4);
  put(content.length, content.counts(version));
  bits.push(...content.bits);
  put(0, Math.min(4, capacity * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const words = [];
  for (let i = 0; i < bits.length; i += 8) words.push(parseInt(bits.slice(i, i + 8).join(''), 2));
  for (let pad = 0xec; words.length < capacity; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

function correction(data, length) {
  let generator = [1];
  for (let i = 0; i < length; i++) {
    const next = new Array(generator.length + 1).fill(0);
    generator.forEach((factor, at) => {
      next[at] ^= factor;
      next[at + 1] ^= times(factor, EXP[i]);
    });
    generator = next;
  }
  const rest = [...data, ...new Array(length).fill(0)];
  for (let i = 0; i < data.length; i++) {
    const factor = rest[i];
    if (factor) generator.forEach((g, at) => (rest[i + at] ^= times(g, factor)));
  }
  return rest.slice(data.length);
}

function interleave(words, version) {
  const [length, sizes] = BLOCKS[version];
  let from = 0;
  const data = sizes.map(size => words.slice(from, (from += size)));
  const checks = data.map(block => correction(block, length));
  const out = [];
  for (let i = 0; i < Math.max(...sizes); i++) for (const block of data) if (i < block.length) out.push(block[i]);
  for (let i = 0; i < length; i++) for (const check of checks) out.push(check[i]);
  return out;
}

function draw(words, version, mask) {
  const size = 17 + 4 * version;
  const code = Array.from({ length: size }, () => new Array(size).fill(undefined));
  const fixed = (r, c, dark) => {
    if (r >= 0 && c >= 0 && r < size && c < size) code[r][c] = dark;
  };
  const finder = (row, column) => {
    for (let r = -1; r <= 7; r++)
      for (let c = -1; c <= 7; c++) {
        const ring = Math.max(Math.abs(r - 3), Math.abs(c - 3));
        fixed(row + r, column + c, ring !== 2 && ring !== 4);
      }
  };
  finder(0, 0);
  finder(0, size - 7);
  finder(size - 7, 0);
  for (const r of ALIGNMENT[version])
    for (const c of ALIGNMENT[version]) {
      if (code[r][c] !== undefined) continue;
      for (let y = -2; y <= 2; y++) for (let x = -2; x <= 2; x++) fixed(r + y, c + x, Math.max(Math.abs(y), Math.abs(x)) !== 1);
    }
  for (let i = 8; i < size - 8; i++) {
    code[6][i] ??= i % 2 === 0;
    code[i][6] ??= i % 2 === 0;
  }
  format(code, size, mask);
  if (version >= 7) stampVersion(code, size, version);

  let bit = 0;
  let up = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right--;
    for (let step = 0; step < size; step++) {
      const r = up ? size - 1 - step : step;
      for (const c of [right, right - 1]) {
        if (code[r][c] !== undefined) continue;
        const dark = bit < words.length * 8 && ((words[bit >> 3] >> (7 - (bit & 7))) & 1) === 1;
        code[r][c] = dark !== MASKS[mask](r, c);
        bit++;
      }
    }
    up = !up;
  }
  return code;
}

/** Level M is 00, then the mask; BCH(15,5), masked so that it is never all light. */
function format(code, size, mask) {
  let rest = mask << 10;
  for (let i = 14; i >= 10; i--) if ((rest >> i) & 1) rest ^= 0x537 << (i - 10);
  const bits = ((mask << 10) | rest) ^ 0x5412;
  for (let i = 0; i < 15; i++) {
    const dark = ((bits >> i) & 1) === 1;
    if (i < 6) code[i][8] = dark;
    else if (i < 8) code[i + 1][8] = dark;
    else code[size - 15 + i][8] = dark;
    if (i < 8) code[8][size - 1 - i] = dark;
    else if (i < 9) code[8][7] = dark;
    else code[8][14 - i] = dark;
  }
  code[size - 8][8] = true;
}

function stampVersion(code, size, version) {
  let rest = version << 12;
  for (let i = 17; i >= 12; i--) if ((rest >> i) & 1) rest ^= 0x1f25 << (i - 12);
  const bits = (version << 12) | rest;
  for (let i = 0; i < 18; i++) {
    const dark = ((bits >> i) & 1) === 1;
    code[Math.floor(i / 3)][(i % 3) + size - 11] = dark;
    code[(i % 3) + size - 11][Math.floor(i / 3)] = dark;
  }
}

function judge(code) {
  const size = code.length;
  let penalty = 0;
  let dark = 0;
  const lines = [...code, ...code.map((_, c) => code.map(row => row[c]))];
  for (const line of lines) {
    let run = 1;
    for (let i = 1; i <= size; i++) {
      if (line[i] === line[i - 1]) run++;
      else {
        if (run >= 5) penalty += run - 2;
        run = 1;
      }
    }
    const text = line.map(Number).join('');
    for (let at = text.indexOf('1011101'); at >= 0; at = text.indexOf('1011101', at + 1))
      if (text.slice(Math.max(0, at - 4), at) === '0000' || text.slice(at + 7, at + 11) === '0000') penalty += 40;
  }
  for (let r = 0; r < size; r++)
    for (let c = 0; c < size; c++) {
      if (code[r][c]) dark++;
      if (r && c && code[r][c] === code[r - 1][c] && code[r][c] === code[r][c - 1] && code[r][c] === code[r - 1][c - 1]) penalty += 3;
    }
  return penalty + Math.floor(Math.abs((dark * 20) / (size * size) - 10)) * 10;
}
