/** The subset of YAML that manifests and bindings use: mappings, lists, plain and quoted scalars, `[flow, lists]`, `|` blocks. */

export type Yaml = string | number | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml };

interface Line {
  readonly indent: number;
  readonly text: string;
  readonly number: number;
}

/** @throws Error that names the line of what is not in the subset */
export function parseYaml(text: string): Yaml {
  const lines = text.split('\n').flatMap((raw, index): Line[] => {
    if (/\t/.test(raw)) throw new Error(`line ${index + 1}: a tab`);
    const line = raw.trimEnd();
    return line.trim() === '' || line.trim().startsWith('#')
      ? []
      : [{ indent: line.search(/\S/), text: line.trim(), number: index + 1 }];
  });
  const [value, rest] = block(lines, 0);
  if (rest < lines.length) throw new Error(`line ${lines[rest]!.number}: "${lines[rest]!.text}" belongs to nothing`);
  return value;
}

function block(lines: readonly Line[], at: number): [Yaml, number] {
  return lines[at]!.text.startsWith('- ') ? list(lines, at) : mapping(lines, at);
}

function list(lines: readonly Line[], from: number): [Yaml[], number] {
  const { indent } = lines[from]!;
  const items: Yaml[] = [];
  let at = from;
  while (lines[at]?.indent === indent && lines[at]!.text.startsWith('- ')) {
    const { text, number } = lines[at]!;
    const inner = text.slice(2).trimStart();
    if (!/^[\w-]+:( |$)/.test(inner)) {
      items.push(scalar(inner));
      at += 1;
      continue;
    }
    // A mapping that begins in the line of its dash.
    const own = [{ indent: indent + 2, text: inner, number }, ...lines.slice(at + 1)];
    const [item, used] = mapping(own, 0);
    items.push(item);
    at += used;
  }
  return [items, at];
}

function mapping(lines: readonly Line[], from: number): [Yaml, number] {
  const { indent } = lines[from]!;
  const entries = new Map<string, Yaml>();
  let at = from;
  while (lines[at]?.indent === indent) {
    const { text, number } = lines[at]!;
    const [, key, rest] = /^([\w.,"-]+):(?: (.*))?$/.exec(text) ?? [];
    if (key === undefined) throw new Error(`line ${number}: "${text}" is no entry`);
    if (entries.has(key)) throw new Error(`line ${number}: ${key} stands twice`);
    at += 1;
    const isDeeper = (lines[at]?.indent ?? -1) > indent;
    if (rest === '|') {
      const begin = at;
      while ((lines[at]?.indent ?? -1) > indent) at += 1;
      entries.set(
        key,
        lines
          .slice(begin, at)
          .map((line) => line.text)
          .join('\n'),
      );
    } else if (rest !== undefined && rest !== '') {
      if (isDeeper) throw new Error(`line ${lines[at]!.number}: deeper than the scalar before`);
      entries.set(key, scalar(rest));
    } else if (isDeeper || (lines[at]?.indent === indent && lines[at]!.text.startsWith('- '))) {
      const [value, next] = block(lines, at);
      entries.set(key, value);
      at = next;
    } else entries.set(key, null);
  }
  return [Object.fromEntries(entries), at];
}

function scalar(text: string): Yaml {
  if (text.startsWith('[') && text.endsWith(']')) {
    const inner = text.slice(1, -1).trim();
    return inner === '' ? [] : inner.split(',').map((item) => scalar(item.trim()));
  }
  const quoted = /^"([^"]*)"$|^'([^']*)'$/.exec(text);
  if (quoted) return quoted[1] ?? quoted[2]!;
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+$/.test(text) ? Number(text) : text;
}
