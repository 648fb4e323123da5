/** Who is responsible for this client, changed in place. */
import type { CardPage } from '../api/keys';
import { useColleagues } from '../api/people';
import { t } from '../text/text';
import { QuickSelect } from './quick-select';

interface ResponsibleProps {
  readonly kind: CardPage;
  readonly id: string;
  readonly userId: string | undefined;
}

export function Responsible({ kind, id, userId }: ResponsibleProps) {
  const colleagues = useColleagues().data ?? [];
  return (
    <QuickSelect
      kind={kind}
      id={id}
      field="responsibleUserId"
      label={t('card.responsible')}
      value={userId}
      options={colleagues}
    />
  );
}
