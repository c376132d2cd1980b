// The choices of a select of job boards.
import { sayName } from '../lib/words';

export function BoardOptions({ boards }: { boards: readonly string[] }) {
  return boards.map((name) => (
    <option key={name} value={name}>
      {sayName(name)}
    </option>
  ));
}
