/** What a person typed as an amount, in centavos: digits only, no arithmetic on fractions. Undefined when it is none. */
export function centavos(text) {
  const clean = text.replace(/[\s$,]/g, '');
  const match = /^(\d{1,9})(?:\.(\d{0,2}))?$/.exec(clean);
  return match ? Number(match[1] + (match[2] ?? '').padEnd(2, '0')) : undefined;
}
