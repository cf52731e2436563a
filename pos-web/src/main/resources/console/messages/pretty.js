/** Set out for reading; digits are never changed by it, and what is no JSON is shown as it came. */
export function pretty(body) {
  let depth = 0;
  let out = '';
  let quoted = false;
  const line = () => '\n' + '  '.repeat(depth);
  for (let i = 0; i < body.length; i++) {
    const c = body[i];
    if (quoted) {
      out += c;
      if (c === '\\') out += body[++i] ?? '';
      else if (c === '"') quoted = false;
    } else if (c === '"') {
      quoted = true;
      out += c;
    } else if (c === '{' || c === '[') {
      const close = c === '{' ? '}' : ']';
      if (body[i + 1] === close) out += c + body[++i];
      else { depth++; out += c + line(); }
    } else if (c === '}' || c === ']') {
      depth = Math.max(0, depth - 1);
      out += line() + c;
    } else if (c === ',') out += c + line();
    else if (c === ':') out += ': ';
    else if (!/\s/.test(c)) out += c;
  }
  return out;
}

/**
 * What changed between two texts, by lines: [' ' | '-' | '+', line]. The longest common run of lines stays; of texts too long for that, the middle
 * is shown as gone and come.
 */
export function difference(before, after) {
  const a = before.split('\n');
  const b = after.split('\n');
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const x = a.slice(head, a.length - tail);
  const y = b.slice(head, b.length - tail);
  const middle = x.length * y.length > 1_000_000 ? [...x.map(line => ['-', line]), ...y.map(line => ['+', line])] : common(x, y);
  return [...a.slice(0, head).map(line => [' ', line]), ...middle, ...a.slice(a.length - tail).map(line => [' ', line])];
}

function common(x, y) {
  const longest = Array.from({ length: x.length + 1 }, () => new Uint32Array(y.length + 1));
  for (let i = x.length - 1; i >= 0; i--)
    for (let j = y.length - 1; j >= 0; j--)
      longest[i][j] = x[i] === y[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
  const out = [];
  let i = 0;
  let j = 0;
  while (i < x.length || j < y.length) {
    if (i < x.length && j < y.length && x[i] === y[j]) {
      out.push([' ', x[i++]]);
      j++;
    } else if (j < y.length && (i === x.length || longest[i][j + 1] > longest[i + 1][j])) out.push(['+', y[j++]]);
    else out.push(['-', x[i++]]);
  }
  return out;
}
