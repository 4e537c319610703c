/** The language of the command, known before anything is parsed. */
import { describe, expect, it } from 'vitest';
import { langFrom, langInArguments } from '../../src/cli/language.ts';

describe('the language', () => {
  it.each([
    [undefined, {}, 'fr'], ['en', { LANG: 'fr_CA.UTF-8' }, 'en'], ['fr', { LANG: 'en_CA.UTF-8' }, 'fr'], [undefined, { LANG: 'en_CA.UTF-8' }, 'en'], [undefined, { LANG: 'C.UTF-8' }, 'fr'],
    [undefined, { LC_ALL: '', LANG: 'en_US' }, 'en'], [undefined, { LC_ALL: 'fr_CA', LC_MESSAGES: 'en_CA', LANG: 'en_CA' }, 'fr'], [undefined, { LC_MESSAGES: 'en_CA', LANG: 'fr_CA' }, 'en'],
  ] as const)('asked %j with %j: %s', (asked, env, lang) => expect(langFrom(asked, env)).toBe(lang));
  it.each([[[], undefined], [['bill', '--lang', 'en'], 'en'], [['--lang=en', 'bill'], 'en'], [['bill', '--lang=fr', '--lang', 'en'], 'en'], [['bill', '--', '--lang', 'en'], undefined], [['bill', '--lang'], '']] as const)('in %j: %j', (args, asked) => expect(langInArguments(args)).toBe(asked));
});
