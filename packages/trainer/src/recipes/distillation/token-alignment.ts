/** A teacher's feature map and a student's tokens, matched along time. */

/** What is laid out evenly over samples [first, last) of a beat. */
export interface Span {
  readonly first: number;
  readonly last: number;
  /** Positions of a feature map, or tokens. */
  readonly count: number;
}

export interface Alignment {
  /** The tokens whose middle lies in the teacher's span: [begin, end) of the student's. */
  readonly tokens: readonly [begin: number, end: number];
  /** [teacher's count, end − begin], row by row: columns sum to 1. */
  readonly weights: Float32Array;
}

/**
 * For every token that stands where the teacher looks, the teacher's map at the token's middle: by linear interpolation between the
 * middles of the map's positions, beyond the outermost ones their value. Where a token covers several positions, their mean over
 * the token.
 */
export function alignTokens(teacher: Span, student: Span): Alignment {
  const perToken = (student.last - student.first) / student.count;
  const perPosition = (teacher.last - teacher.first) / teacher.count;
  const middleOf = (token: number) => student.first + (token + 0.5) * perToken;
  const all = Array.from({ length: student.count }, (_, token) => token);
  const inside = all.filter((token) => middleOf(token) > teacher.first && middleOf(token) < teacher.last);
  const begin = inside[0] ?? 0;
  const end = inside.length === 0 ? 0 : inside.at(-1)! + 1;
  const columns = end - begin;
  const weights = new Float32Array(teacher.count * columns);
  /** Points over which a token is averaged: one for each position it covers. */
  const points = Math.max(1, Math.round(perToken / perPosition));
  for (let column = 0; column < columns; column++) {
    for (let point = 0; point < points; point++) {
      const sample = student.first + (begin + column + (point + 0.5) / points) * perToken;
      const at = Math.min(teacher.count - 1, Math.max(0, (sample - teacher.first) / perPosition - 0.5));
      const left = Math.min(teacher.count - 1, Math.floor(at));
      const right = Math.min(teacher.count - 1, left + 1);
      weights[left * columns + column]! += (1 - (at - left)) / points;
      weights[right * columns + column]! += (at - left) / points;
    }
  }
  return { tokens: [begin, end], weights };
}
