/** Manifests, bindings, options and overlays of firmware-templates/zephyr, as far as they can be looked at without Zephyr. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { describeWithProgram } from '../../../testing/system-packages.js';
import { parseYaml, type Yaml } from './yaml.js';

const FOLDER = fileURLToPath(new URL('../../../firmware-templates/zephyr', import.meta.url));
const read = (...names: string[]) => readFileSync(join(FOLDER, ...names), 'utf8');
type Mapping = { readonly [key: string]: Yaml };
const yaml = (...names: string[]) => parseYaml(read(...names)) as Mapping;
const inside = (value: Yaml, ...keys: string[]): Yaml => keys.reduce<Yaml>((at, key) => (at as Mapping)[key]!, value);

const boards = readdirSync(join(FOLDER, 'app', 'boards'));
const overlays = boards.filter((file) => file.endsWith('.overlay'));

describe('manifests', () => {
  test('west takes Zephyr at a release, with the modules of both flavours and boards', () => {
    const [zephyr] = inside(yaml('west.yml'), 'manifest', 'projects') as Mapping[];
    expect(zephyr).toMatchObject({ name: 'zephyr', revision: expect.stringMatching(/^v\d+\.\d+\.\d+$/) });
    const modules = inside(zephyr!, 'import', 'name-allowlist') as string[];
    for (const module of ['hal_nordic', 'hal_ambiq', 'tflite-micro']) expect(modules).toContain(module);
    expect(inside(yaml('west.yml'), 'manifest', 'group-filter')).toEqual(['+optional']);
  });

  test('the module points to files that are there', () => {
    expect(yaml('zephyr', 'module.yml')).toMatchObject({
      name: 'edgebeat',
      build: { cmake: '.', kconfig: 'Kconfig', settings: { dts_root: '.' } },
    });
    for (const file of ['CMakeLists.txt', 'Kconfig', 'dts/bindings/vendor-prefixes.txt'])
      expect(existsSync(join(FOLDER, file))).toBe(true);
  });

  test('twister builds both flavours, each on boards that have an overlay', () => {
    const tests = yaml('app', 'sample.yaml').tests as Mapping;
    expect(Object.keys(tests)).toEqual(['sample.edgebeat.watch.c', 'sample.edgebeat.watch.tflm']);
    const allowed = Object.values(tests).flatMap((one) => inside(one, 'platform_allow') as string[]);
    expect(allowed).toContain('nrf5340dk/nrf5340/cpuapp');
    expect(allowed).toContain('apollo4p_evb/apollo4p');
    for (const board of allowed) {
      const names = [board.replaceAll('/', '_'), board.split('/')[0]!].map((name) => `${name}.overlay`);
      expect(names.some((name) => overlays.includes(name))).toBe(true);
    }
  });
});

/** Options of Zephyr that are set here; all others must be defined in this folder. */
const OF_ZEPHYR = [
  ...['SENSOR', 'LOG', 'PRINTK', 'MAIN_STACK_SIZE', 'FPU', 'FPU_SHARING', 'CPP', 'STD_CPP17', 'REQUIRES_FULL_LIBCPP'],
  ...['TENSORFLOW_LITE_MICRO', 'TEST_RANDOM_GENERATOR', 'SENSOR_INIT_PRIORITY', 'DT_HAS_EDGEBEAT_ECG_SIM_ENABLED'],
];
const kconfigs = ['Kconfig', 'drivers/Kconfig', 'drivers/sensor/ecg_sim/Kconfig', 'app/Kconfig'];
const defined = kconfigs.flatMap((file) =>
  [...read(file).matchAll(/^(?:config|choice) (\w+)$/gm)].map(([, name]) => name!),
);

describe('options', () => {
  test.each([
    'app/prj.conf',
    'app/tflm.conf',
    ...boards.filter((file) => file.endsWith('.conf')).map((file) => `app/boards/${file}`),
  ])('%s sets options that there are, each once', (file) => {
    const lines = read(file)
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    const names = lines.map((line) => /^CONFIG_([A-Z0-9_]+)=(?:y|n|\d+|"[^"]*")$/.exec(line)?.[1] ?? line);
    expect(names.filter((name) => ![...OF_ZEPHYR, ...defined].includes(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(kconfigs)('%s: blocks are closed, and what is read in is there', (file) => {
    const text = read(file);
    const count = (pattern: RegExp) => [...text.matchAll(pattern)].length;
    expect(count(/^choice\b/gm)).toBe(count(/^endchoice$/gm));
    expect(count(/^if\b/gm)).toBe(count(/^endif$/gm));
    for (const [, name] of text.matchAll(/^rsource "([^"]+)"$/gm))
      expect(existsSync(join(FOLDER, file, '..', name!))).toBe(true);
    for (const [, name] of text.matchAll(/depends on (\w+)/g)) expect([...OF_ZEPHYR, ...defined]).toContain(name);
  });

  test('sources use options that are defined', () => {
    const folders = ['app/src', 'drivers/sensor/ecg_sim'];
    const sources = folders.flatMap((folder) => readdirSync(join(FOLDER, folder)).map((file) => read(folder, file)));
    const used = [...sources, read('app/CMakeLists.txt')].flatMap((text) =>
      [...text.matchAll(/CONFIG_(\w+)/g)].map(([, name]) => name!),
    );
    expect(
      used.filter((name) => ![...OF_ZEPHYR, ...defined].includes(name) && !name.startsWith('EDGEBEAT_NETWORK_')),
    ).toEqual([]);
  });
});

describe('devicetree', () => {
  const binding = yaml('dts', 'bindings', 'sensor', 'edgebeat,ecg-sim.yaml');
  const properties = binding.properties as Mapping;

  test('the binding says of every property what it is', () => {
    expect(binding).toMatchObject({
      compatible: 'edgebeat,ecg-sim',
      include: 'base.yaml',
      description: expect.any(String),
    });
    for (const property of Object.values(properties))
      expect(property).toMatchObject({ type: 'int', default: expect.any(Number), description: expect.any(String) });
    expect(read('dts', 'bindings', 'vendor-prefixes.txt')).toMatch(/^edgebeat\t/m);
  });

  test('the driver reads the properties of the binding', () => {
    const driver = read('drivers', 'sensor', 'ecg_sim', 'ecg_sim.c');
    const used = new Set(
      [...driver.matchAll(/DT_INST_PROP\(inst, (\w+)\)/g)].map(([, name]) => name!.replaceAll('_', '-')),
    );
    expect([...used].sort()).toEqual(Object.keys(properties).sort());
    expect(driver).toContain('#define DT_DRV_COMPAT edgebeat_ecg_sim');
  });

  test.each(overlays)('%s has a node of the binding, and the alias that the application asks for', (file) => {
    const text = read('app', 'boards', file);
    expect(text).toContain('ecg = &ecg0;');
    const [, node] = /ecg0: ecg \{([^}]*)\}/.exec(text)!;
    const set = [...node!.matchAll(/^\s*([\w-]+) = (.*);$/gm)].map(([, name, value]) => [name!, value!] as const);
    expect(set).toContainEqual(['compatible', '"edgebeat,ecg-sim"']);
    for (const [name, value] of set.filter(([one]) => one !== 'compatible')) {
      expect(Object.keys(properties)).toContain(name);
      expect(value).toMatch(/^<\d+>$/);
    }
  });

  describeWithProgram('dtc', 'overlays', (dtc) => {
    test.each(overlays)('%s compiles', (file) => {
      const { status, stderr } = spawnSync(dtc, ['-I', 'dts', '-O', 'dts', '-'], {
        input: `/dts-v1/;\n${read('app', 'boards', file)}`,
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([0, '']);
    });
  });
});
