// Everything that the palette offers, made from where the person is.
import type { Schemas } from '../api/client';
import type { Language } from '../lib/i18n';
import { LANGUAGES, setLanguage, t } from '../lib/i18n';
import { DEFAULTS, setPreference } from '../lib/preferences';
import type { Theme } from '../lib/theme';

export type Command = { id: string; group: string; title: string; keys?: string; run: () => void };

type Context = {
  /** Whether there is something to change here. */
  mayEdit: boolean;
  go: (address: string) => void;
  resumeId: string | undefined;
  resumes: Schemas['ResumeSummary'][];
  setTheme: (theme: Theme) => void;
  showShortcuts: () => void;
};

export const RESUME_VIEWS = ['resume', 'build', 'check', 'roles', 'tailor', 'export'] as const;
export const viewPath = (view: (typeof RESUME_VIEWS)[number]) => (view === 'resume' ? '' : `/${view}`);

export function commandsOf({ mayEdit, go, resumeId, resumes, setTheme, showShortcuts }: Context): Command[] {
  const inside: Command[] = resumeId
    ? RESUME_VIEWS.flatMap((view, index) => (view === 'build' && !mayEdit ? [] : [{
        id: `view-${view}`,
        group: t('palette.group.resume'),
        title: t(`app.tab.${view}`),
        keys: String(index + 1),
        run: () => go(`/resumes/${resumeId}${viewPath(view)}`),
      }]))
    : [];
  return [
    ...inside,
    { id: 'home', group: t('palette.group.go'), title: t('app.resumes'), keys: 'g r', run: () => go('/') },
    { id: 'board', group: t('palette.group.go'), title: t('app.applications'), keys: 'g a', run: () => go('/applications') },
    { id: 'templates', group: t('palette.group.go'), title: t('app.templates'), keys: 'g t', run: () => go('/templates') },
    { id: 'settings', group: t('palette.group.go'), title: t('app.settings'), keys: 'g s', run: () => go('/settings') },
    { id: 'numbers', group: t('palette.group.go'), title: t('career.numbers'), keys: 'g n', run: () => go('/numbers') },
    { id: 'operator', group: t('palette.group.go'), title: t('operator.title'), run: () => go('/operator') },
    ...(mayEdit
      ? [
          { id: 'upload', group: t('palette.group.do'), title: t('palette.upload'), run: () => go('/') },
          { id: 'new', group: t('palette.group.do'), title: t('palette.new'), run: () => go('/new') },
        ]
      : []),
    {
      id: 'tour',
      group: t('palette.group.do'),
      title: t('tour.again'),
      run: () => {
        setPreference('tour', DEFAULTS.tour);
        go('/');
      },
    },
    { id: 'shortcuts', group: t('palette.group.do'), title: t('palette.shortcuts'), keys: '?', run: showShortcuts },
    ...(['system', 'light', 'dark'] as const).map((theme) => ({
      id: `theme-${theme}`,
      group: t('palette.group.do'),
      title: t('palette.theme', { theme: t(`theme.${theme}`) }),
      run: () => setTheme(theme),
    })),
    ...(Object.entries(LANGUAGES) as [Language, string][]).map(([language, name]) => ({
      id: `language-${language}`,
      group: t('palette.group.do'),
      title: t('palette.language', { language: name }),
      run: () => setLanguage(language),
    })),
    ...resumes.map((resume) => ({
      id: `resume-${resume.id}`,
      group: t('palette.group.resumes'),
      title: [resume.name ?? resume.file_name, resume.headline].filter(Boolean).join(' · '),
      run: () => go(`/resumes/${resume.id}`),
    })),
  ];
}

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** The commands whose words begin with every word that was typed, in their order. */
export function findCommands(commands: Command[], typed: string): Command[] {
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  return commands.filter(({ title, group }) => {
    const words = plain(`${title} ${group}`).split(/[\s·:]+/);
    return wanted.every((part) => words.some((word) => word.startsWith(part)));
  });
}
