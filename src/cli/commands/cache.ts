/** `bareme cache`: where what is worked out from tariff files is kept, how much of it there is; or its removal. */
import { Argument, type Command } from 'commander';
import { formatNumber } from '../../quantity/format.ts';
import { cacheFolder, clear, contents } from '../cache/place.ts';
import { common, langOf, print, printJson, type Common } from '../common.ts';
import { say } from '../language.ts';
import { withExamples } from '../program.ts';

const MEGABYTE = 1e6;

export function addCache(program: Command): void {
  withExamples(common(program.command('cache').addArgument(new Argument('[action]', say('path dit où il est ; clear le vide', 'path says where it is; clear empties it')).choices(['path', 'clear']).default('path'))
    .description(say('dit où sont gardés les tarifs déjà vérifiés, ou les oublie', 'says where the tariffs already checked are kept, or forgets them'))),
  'bareme cache', 'bareme cache clear', 'BAREME_CACHE=off bareme bill examples/maison-d.json', `BAREME_CACHE=${say('dossier', 'folder')} bareme check`)
    .action((action: 'path' | 'clear', options: Common) => {
      const folder = cacheFolder();
      const lang = langOf(options);
      const words = (french: string, english: string): string => (lang === 'fr' ? french : english);
      const held = folder === undefined ? { states: 0, bytes: 0 } : contents(folder);
      const removed = folder !== undefined && action === 'clear' ? clear(folder) : 0;
      if (options.json) { printJson({ version: 1, dossier: folder ?? null, ...(action === 'clear' ? { oublies: removed } : { etats: held.states, octets: held.bytes }) }); return; }
      if (folder === undefined) { print(words('Rien n’est gardé : BAREME_CACHE=off, ou pas de dossier personnel.', 'Nothing is kept: BAREME_CACHE=off, or no home folder.')); return; }
      if (action === 'clear') { print(words(`${folder} : ${removed} état(s) de tarifs oublié(s).`, `${folder}: ${removed} state(s) of tariffs forgotten.`)); return; }
      print(words(`${folder} : ${held.states} état(s) de tarifs, ${formatNumber((held.bytes / MEGABYTE).toFixed(1), 'fr')} Mo.`, `${folder}: ${held.states} state(s) of tariffs, ${formatNumber((held.bytes / MEGABYTE).toFixed(1), 'en')} MB.`));
    });
}
