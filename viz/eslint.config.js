import js from '@eslint/js';
import globals from 'globals';

// The modules of a page are joined into one scope (powermap/pages/bundle.py): a name that the browser also has must be
// told apart, so these are written window.NAME.
const AMBIGUOUS = Object.keys(globals.browser).filter((name) => /^(on[a-z]+|[a-z]+)$/.test(name));
const PLAIN = ['document', 'window', 'console'];

export default [
  { ignores: ['node_modules', 'vendor'] },
  js.configs.recommended,
  {
    files: ['src/**/*.js'],
    languageOptions: { globals: { ...globals.browser, vis: 'readonly' } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      curly: ['error', 'multi-line'],
      eqeqeq: 'error',
      'id-length': [
        'error',
        { min: 2, properties: 'never', exceptions: ['a', 'b', 'd', 'i', 'r', 't', 'p', 'w', 'x', 'y', '_'] },
      ],
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', 60],
      'max-params': ['error', 5],
      'no-duplicate-imports': 'error',
      'no-restricted-globals': ['error', ...AMBIGUOUS.filter((name) => !PLAIN.includes(name))],
      'no-shadow': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'prefer-template': 'off',
    },
  },
];
