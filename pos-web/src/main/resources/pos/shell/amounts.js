/**
 * What a person typed as an amount, in centavos: digits only, no arithmetic on fractions. Undefined when it is none: a comma stands between thousands alone, so that 1,50 never
 * becomes 150.
 */
export function centavos(text) {
  const match = /^\$?\s?(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{0,2}))?$/.exec(text.trim());
  return match ? Number(match[1].replaceAll(',', '') + (match[2] ?? '').padEnd(2, '0')) : undefined;
}
