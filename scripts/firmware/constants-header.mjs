/** constants.h: every number of the signal path that a stage of the C core refers to by name. */
import { hexFloat } from './c-float.mjs';
import { ecgModule } from './ecg-module.mjs';

/** What each source file gives, in the order of the signal path. */
const sources = [
  ['signal/replacement', ['largestSample']],
  ['signal/resampler', ['outputMilliHertz', 'lowestMilliHertz', 'highestMilliHertz']],
  ['signal/resampler-kernel', ['zeroCrossings', 'stepsPerCrossing']],
  ['signal/ecg-band', ['ecgBandDelay']],
  ['detector/constants', undefined],
  [
    'quality/beat-quality',
    ['complexReach', 'templateLength', 'learningRate', 'afterBeat', 'beforeBeat', 'cleanRatio', 'unusableRatio'],
  ],
  ['quality/window-quality', ['qualityLength', 'flatRange', 'edgeShare', 'clippedRun', 'beatlessSeconds']],
  ['beats/beat-cutter', ['beatLength', 'beatLead', 'queueSize']],
  ['beats/identity-windows', ['beatsPerWindow', 'longestRr']],
];

/** @param {string} name @returns {string} `qrsLevelRank` as `EB_QRS_LEVEL_RANK` */
const macroName = (name) => `EB_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** Integers stay integers; everything else is rounded to float32, as the stages do. */
function macro(name, value) {
  if (Number.isInteger(value)) return `#define ${macroName(name)} ${value}`;
  return `#define ${macroName(name)} ${hexFloat(Math.fround(value))} /* ${value} */`;
}

/** @returns {Promise<string>} the text of the header */
export async function constantsHeader() {
  const parts = [];
  for (const [file, chosen] of sources) {
    const module = await ecgModule(file);
    const names = chosen ?? Object.keys(module).filter((name) => typeof module[name] === 'number');
    const lines = names.sort().map((name) => macro(name, module[name]));
    parts.push(`/* packages/ecg/src/${file}.ts */\n${lines.join('\n')}\n`);
  }
  return [
    '/* The numbers of the signal path. Written by `npm run firmware:tables` from packages/ecg: do not edit. */',
    '#ifndef EDGEBEAT_CONSTANTS_H',
    '#define EDGEBEAT_CONSTANTS_H',
    '',
    parts.join('\n'),
    '#endif',
    '',
  ].join('\n');
}
