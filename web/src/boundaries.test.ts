// Features do not import one another: the lint rule says so, and this sees the rule at work.
import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const eslint = new ESLint();
const refusals = async (path: string, code: string) => {
  const [result] = await eslint.lintText(code, { filePath: path });
  return result?.messages.filter((message) => message.ruleId === 'no-restricted-imports').length;
};

test.each([
  ['src/features/roles/RolesView.tsx', "import '../tailor/queries';", 1],
  ['src/features/roles/RolesView.tsx', "import '../../app/router';", 1],
  ['src/features/roles/RolesView.tsx', "import '../../ui/basics';\nimport './queries';", 0],
  ['src/lib/words.ts', "import '../features/roles/queries';", 1],
])('in %s: %s', { timeout: 30_000 }, async (path, code, expected) => expect(await refusals(path, code)).toBe(expected));
