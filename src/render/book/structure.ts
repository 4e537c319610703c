/** Where the book sets the structure of a rate or an option: the article that its figures and its typical bills go with. */
import type { Article, Module } from '../../check/book.ts';

export const isStructure = ({ title }: Pick<Article, 'title'>): boolean => /^Structure/.test(title);

/** The article of the structure; without one of that title, the first that bills something, or the first of all. */
export function structureOf({ articles }: Module): Article | undefined {
  const own = articles.filter(({ continued }) => !continued);
  return own.find(isStructure) ?? own.find(({ statements }) => statements.some(({ kind }) => kind === 'line')) ?? own[0] ?? articles[0];
}
