// Every section by its name.
import type { Resume } from '../../api/client';
import type { Ordered } from '../../lib/order';
import { Credentials, Education, Skills } from './LearnedSections';
import { Extras, Interests, Languages, References } from './PairsSections';
import { Summary } from './PersonSections';
import type { SectionsProps } from './parts';
import { Projects, Work } from './WorkSections';

export function SectionOf({ name, ...props }: SectionsProps & { name: Ordered }) {
  switch (name) {
    case 'summary':
      return <Summary {...props} />;
    case 'work':
    case 'volunteer':
      return <Work {...props} part={name} />;
    case 'education':
      return <Education {...props} />;
    case 'skills':
      return <Skills {...props} />;
    case 'projects':
      return <Projects {...props} />;
    case 'certificates':
    case 'awards':
    case 'publications':
      return <Credentials {...props} part={name} />;
    case 'languages':
      return <Languages {...props} />;
    case 'interests':
      return <Interests {...props} />;
    case 'references':
      return <References {...props} />;
    case 'extras':
      return <Extras {...props} />;
  }
}

/** Whether a section has anything in it. */
export const hasContent = (resume: Resume, name: Ordered): boolean => (name === 'summary' ? !!resume.summary : !!resume[name]?.length);
