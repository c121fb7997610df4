/** Float32 values as C writes them without loss: hexadecimal, the decimal beside them for the reader. */

/**
 * @param {number} value a finite float32 value
 * @returns {string} for example `0x1.99999ap-4f`
 */
export function hexFloat(value) {
  if (Math.fround(value) !== value) throw new Error(`${value} is no float32 value`);
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0];
  const sign = bits >>> 31 ? '-' : '';
  const exponent = (bits >>> 23) & 0xff;
  const fraction = ((bits & 0x7fffff) * 2).toString(16).padStart(6, '0').replace(/0+$/, '');
  if (exponent === 0 && fraction === '') return `${sign}0.0f`;
  if (exponent === 0) return `${sign}0x0.${fraction}p-126f`;
  return `${sign}0x1${fraction === '' ? '' : `.${fraction}`}p${exponent - 127}f`;
}
