/** A page whose code comes when it is first needed, or a little before: then it is there at once, without a moment of "Loading". */
import { type ComponentType, type FunctionComponent, lazy, useState } from 'react';

type Load = () => Promise<{ readonly default: ComponentType }>;

export interface LatePage extends FunctionComponent {
  /** Fails as `import()` does; showing the page asks again. */
  readonly fetch: () => Promise<void>;
}

export function latePage(load: Load): LatePage {
  let there: ComponentType | undefined;
  const fetch = async (): Promise<void> => {
    there = (await load()).default;
  };
  const Later = lazy(load);
  function Late() {
    // What is shown once stays, or the page would lose what is in it.
    const [Shown] = useState<ComponentType>(() => there ?? Later);
    return <Shown />;
  }
  return Object.assign(Late, { fetch });
}
