// How the program is bundled, whatever for.
import { root } from './install.mjs';

export const bundling = { bundle: true, target: 'node20', format: 'esm', absWorkingDir: root, logLevel: 'warning', minify: true, charset: 'utf8' };
/** What others bundle again. */
export const library = { platform: 'neutral', packages: 'external' };
