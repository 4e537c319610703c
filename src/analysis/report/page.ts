import type { Lang } from '../../quantity/format.ts';
import type { Report } from './report.ts';
export const comparisonPage = async (_: Report, __: Lang): Promise<string> => Promise.resolve('');
