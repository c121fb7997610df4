/** Numbers and names as C writes them. */

/** A float32 number that reads back as itself. */
export function realLiteral(value: number): string {
  if (Number.isNaN(value)) return '__builtin_nanf("")';
  if (!Number.isFinite(value)) return value > 0 ? '__builtin_inff()' : '-__builtin_inff()';
  const digits = shortest(Math.fround(value));
  return /[.e]/.test(digits) ? `${digits}f` : `${digits}.0f`;
}

/** The fewest significant digits that give the same float32; nine always do. */
function shortest(value: number): string {
  if (Object.is(value, -0)) return '-0';
  for (let precision = 1; precision < 9; precision++) {
    const digits = Number(value.toPrecision(precision));
    if (Math.fround(digits) === value) return String(digits);
  }
  return String(Number(value.toPrecision(9)));
}

/** A C string; what is no printable ASCII becomes an octal escape. */
export function stringLiteral(value: string): string {
  const bytes = new TextEncoder().encode(value);
  const written = Array.from(bytes, (byte) =>
    byte >= 32 && byte < 127 && byte !== 34 && byte !== 92
      ? String.fromCharCode(byte)
      : `\\${byte.toString(8).padStart(3, '0')}`,
  );
  return `"${written.join('')}"`;
}

/** `blocks.0/attn.qkv` as `blocks_0_attn_qkv`. */
export function identifier(text: string): string {
  const words = text.match(/[A-Za-z0-9]+/g) ?? ['tensor'];
  return words.join('_').replace(/^(?=\d)/, 'n');
}

/** `LayerNormalization` as `layer_normalization`. */
export function snakeCase(text: string): string {
  return text.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();
}

/** Gives each name once: `conv`, `conv_2`, … */
export class UniqueNames {
  private readonly taken = new Set<string>();

  take(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.taken.has(name); count++) name = `${wanted}_${count}`;
    this.taken.add(name);
    return name;
  }
}
