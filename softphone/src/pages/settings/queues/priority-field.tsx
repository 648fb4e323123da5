/** Clients whose calls come first in a queue: those chosen, and a search that adds one. */
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useSearch } from '../../../api/cards';
import { keys } from '../../../api/keys';
import { isStatus } from '../../../api/problem';
import { get } from '../../../api/request';
import { Button, IconButton } from '../../../parts/button';
import { InputField } from '../../../parts/field';
import { t } from '../../../text/text';

interface PriorityFieldProps {
  readonly ids: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

const foundMax = 6;

export function PriorityField({ ids, onChange }: PriorityFieldProps) {
  const [typed, setTyped] = useState('');
  const search = useSearch(useDeferredValue(typed.trim()));
  const found = typed.trim().length < 2 ? [] : (search.data?.items ?? []);
  const clients = found.filter(({ kind, id }) => kind !== 'lead' && !ids.includes(id));
  return (
    <div className="priority">
      {ids.length > 0 && (
        <ul className="many-row">
          {ids.map((id) => (
            <Client key={id} id={id} onRemove={() => onChange(ids.filter((each) => each !== id))} />
          ))}
        </ul>
      )}
      <InputField
        label={t('queue.find-client')}
        type="search"
        value={typed}
        placeholder={t('search.placeholder')}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      {clients.slice(0, foundMax).map(({ id, name, companyName }) => (
        <Button
          key={id}
          look="quiet"
          icon="plus"
          onClick={() => {
            onChange([...ids, id]);
            setTyped('');
          }}
        >
          {companyName ? `${name}, ${companyName}` : name}
        </Button>
      ))}
    </div>
  );
}

function Client({ id, onRemove }: { readonly id: string; readonly onRemove: () => void }) {
  const card = useQuery({
    queryKey: keys.card('contact', `${id} or company`),
    queryFn: ({ signal }) => clientNamed(id, signal),
    staleTime: 60_000,
  });
  const name = card.data ?? (card.isPending ? '…' : t('many.gone'));
  return (
    <li className="picked">
      {name}
      <IconButton icon="close" className="picked-remove" label={t('many.remove', { name })} onClick={onRemove} />
    </li>
  );
}

/** Its id does not say whether it is a contact or a company. */
async function clientNamed(id: string, signal: AbortSignal): Promise<string> {
  const path = encodeURIComponent(id);
  const contact = get<{ readonly name: string }>(`/api/contacts/${path}`, {}, signal);
  const found = await contact.catch((error: unknown) => {
    if (isStatus(error, 404)) return get<{ readonly name: string }>(`/api/companies/${path}`, {}, signal);
    throw error;
  });
  return found.name;
}
