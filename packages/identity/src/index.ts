/** The whole package in Node.js; browsers get `browser.js`, which leaves the file store out (see `exports` in package.json). */
export * from './browser.js';
export { JsonFileTemplateStore } from './store/json-file-store.js';
