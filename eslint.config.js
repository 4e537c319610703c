import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/dist/', 'node_modules/', 'docs/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }],
      '@typescript-eslint/only-throw-error': 'off',
      eqeqeq: 'error',
      'no-restricted-imports': ['error', { name: 'picocolors', message: 'Colours are decided in src/cli/colors.ts: import { out } or { err } from it.' }],
      'no-restricted-syntax': [
        'error',
        { selector: "CallExpression[callee.name='parseFloat']", message: 'Numbers of the user are exact: use parseExact.' },
        { selector: "MemberExpression[property.name='toBeCloseTo']", message: 'Amounts are compared exactly.' },
        { selector: "MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip)$/]", message: 'Every test runs.' },
      ],
    },
  },
  { files: ['src/cli/colors.ts'], rules: { 'no-restricted-imports': 'off' } },
);
