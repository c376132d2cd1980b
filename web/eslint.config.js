import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist', 'src/api/types.ts'] },
  ...tseslint.configs.strict,
  jsxA11y.flatConfigs.strict,
  reactHooks.configs.flat.recommended,
  { languageOptions: { globals: globals.browser } },
  { rules: { 'jsx-a11y/label-has-associated-control': ['error', { depth: 4 }] } },
  {
    files: ['src/features/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^\\.\\./(?!\\.\\./(api|ui|lib)/)',
              message: 'A feature imports api, ui, lib and its own files; another feature is joined to it in app/.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/api/**', 'src/ui/**', 'src/lib/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '/(features|app)/', message: 'api, ui and lib know nothing of features and app.' }] },
      ],
    },
  },
);
