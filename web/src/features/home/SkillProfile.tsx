// What the person can do, by group, with as many dots as there are signs for it in the résumé.
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { t, tn } from '../../lib/i18n';
import { Loading, ProblemCard } from '../../ui/basics';
import { useSkills } from './queries';

type Skill = Schemas['ProfileSkill'];
/** Most signs that can speak for a skill. */
const SIGNS = 4;
const SHOWN = 6;
const STRENGTHS = [4, 3, 2, 1] as const;

/** What speaks for a skill, in words. */
function signs(skill: Skill): string {
  const said = [
    skill.listed ? t('home.skills.listed') : null,
    skill.bullets > 0 ? tn('home.skills.in-bullets', skill.bullets) : null,
    skill.number ? t('home.skills.number') : null,
    skill.now ? t('home.skills.now') : null,
  ];
  return said.filter(Boolean).join(', ');
}

export function SkillProfile({ resumeId }: { resumeId: string }) {
  const groups = useSkills(resumeId);
  const all = groups.data?.flatMap((group) => group.skills) ?? [];
  return (
    <section className="card stack skill-profile" aria-labelledby="skill-profile">
      <div>
        <h2 id="skill-profile">{t('home.skills')}</h2>
        <p className="muted small">{t('home.skills.why')}</p>
      </div>
      {groups.isPending && <Loading what={t('home.skills')} />}
      {groups.isError && <ProblemCard error={groups.error} />}
      {groups.data?.length === 0 && <p className="muted">{t('home.skills.none')}</p>}
      {all.length > 0 && <Spread skills={all} />}
      {groups.data?.map((group, index) => (
        <Group key={index} group={group} />
      ))}
    </section>
  );
}

/** How many skills have how many signs. */
function Spread({ skills }: { skills: Skill[] }) {
  const counts = STRENGTHS.map((strength) => skills.filter((skill) => skill.strength === strength).length);
  const words = STRENGTHS.map((strength, index) => t('home.skills.strength', { skill: tn('home.skills.count', counts[index] ?? 0), n: strength }));
  return (
    <div className="spread-chart" role="img" aria-label={words.join('; ')}>
      {STRENGTHS.map((strength, index) => (
        <span key={strength} className={`strength-${strength}`} style={{ flexGrow: counts[index] }} title={words[index]}>
          {(counts[index] ?? 0) > 0 && counts[index]}
        </span>
      ))}
    </div>
  );
}

function Group({ group }: { group: Schemas['ProfileGroup'] }) {
  const [open, setOpen] = useState(false);
  const shown = open ? group.skills : group.skills.slice(0, SHOWN);
  return (
    <div className="skill-lines">
      <h3 className="muted small">{group.name ?? (group.listed ? t('home.skills.other') : t('home.skills.told'))}</h3>
      <ul>
        {shown.map((skill) => (
          <li key={skill.name} title={[signs(skill), ...skill.quotes].join('\n')}>
            <span>{skill.name}</span>
            <span className="dots" role="img" aria-label={`${t('home.skills.strength', { skill: skill.name, n: skill.strength })}: ${signs(skill)}`}>
              {Array.from({ length: SIGNS }, (_, sign) => (
                <i key={sign} className={sign < skill.strength ? 'on' : ''} />
              ))}
            </span>
          </li>
        ))}
      </ul>
      {group.skills.length > SHOWN && (
        <button type="button" className="link small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('home.skills.less') : `${t('home.skills.more')} (${group.skills.length})`}
        </button>
      )}
    </div>
  );
}
