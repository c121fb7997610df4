/** The page: well-formed, in need of nothing else, and safe whatever names a model has. */
import { GraphBuilder, tensor } from '@edgebeat/graph';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { compareLayers, inspectModel, inspectPage, quantizeModel } from '../../src/index.js';

const NASTY = `<img src=x onerror="alert('1')">&amp;`;

/** Tags that stand alone in HTML, and in SVG as it is written here. */
const VOID = /^(meta|br|!DOCTYPE)$/;

/** Opening and closing tags that do not go together. */
function unbalanced(html: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  const withoutText = html.replace(/<(script|style)>[\s\S]*?<\/\1>/g, '');
  for (const [, slash, name, rest] of withoutText.matchAll(/<(\/?)([!a-zA-Z0-9]+)((?:"[^"]*"|[^">])*)>/g)) {
    if (VOID.test(name!) || rest!.endsWith('/')) continue;
    if (slash === '') open.push(name!);
    else if (open.at(-1) === name) open.pop();
    else wrong.push(`</${name}> in ${open.join(' ')}`);
  }
  return [...wrong, ...open];
}

describe('the page of an int8 graph beside its float network', () => {
  let page: string;
  let float: ReturnType<typeof inspectModel>;
  beforeAll(async () => {
    const g = new GraphBuilder(NASTY);
    const x = g.input('x', 'float32', ['N', 4]);
    const w = g.constant(
      tensor(
        'w"<b>',
        'float32',
        [4, 4],
        Float32Array.from({ length: 16 }, (_, i) => i - 8),
      ),
    );
    g.output('y', g.relu(g.gemm(x, w, undefined, { name: NASTY }), { name: `${NASTY}2` }));
    const model = g.build();
    const windows = [1, 2, 3].map((seed) => Float32Array.from({ length: 4 }, (_, i) => Math.sin(seed * (i + 1))));
    const { model: int8, report: quantization } = await quantizeModel(model, windows);
    float = inspectModel(model);
    const errors = await compareLayers(model, int8, windows);
    page = inspectPage({ report: inspectModel(int8), float, errors, quantization });
  });

  test('is well-formed', () => {
    expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
    expect(unbalanced(page)).toEqual([]);
    expect(page.replace(/<script>[\s\S]*<\/script>/, '')).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('needs nothing else', () => {
    expect(page).not.toMatch(/https?:|url\(|@import|<link|<iframe|\ssrc=(?!x onerror)/i);
  });

  test('shows names, and runs none of them', () => {
    expect(page).not.toContain('<img');
    expect(page).not.toContain('<b>');
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;');
    expect(page).toContain('w&quot;&lt;b&gt;');
  });

  test('has a picture for each thing to see', () => {
    for (const heading of ['Activation memory', 'What int8 costs', 'Multiply-accumulates', 'What the quantizer chose'])
      expect(page).toContain(heading);
    expect(page.match(/<svg /g)!.length).toBeGreaterThan(6);
    expect(page).toContain('of float32');
  });

  test('of a model alone has no errors to show', () => {
    const alone = inspectPage({ report: float });
    expect(unbalanced(alone)).toEqual([]);
    expect(alone).not.toContain('What int8 costs');
    expect(alone).not.toContain('of float32');
  });
});
