/** A lead: somebody we do not know yet. Opening it takes the mark "new" away; converting it makes a contact of it. */
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Lead } from '../../../server/api/messages';
import { useCard, useOpenLead } from '../api/cards';
import { useStatuses } from '../api/settings';
import { Button } from '../parts/button';
import { Failed, Loading } from '../parts/states';
import { t } from '../text/text';
import { listTime } from '../text/times';
import { CardFrame, Fact } from './card-frame';
import { ConvertLead } from './convert-lead';
import { EditCard } from './edit-card';
import { Email } from './email';
import { linkTo } from './links';
import { Notes } from './notes';
import { Phones } from './phones';
import { QuickSelect } from './quick-select';
import { Responsible } from './responsible';

export default function LeadCard() {
  const { id = '' } = useParams();
  const card = useCard('lead', id);
  const { mutate: open } = useOpenLead(id);
  const isNew = card.data?.isNew === true;
  useEffect(() => {
    if (isNew) open();
  }, [isNew, open]);
  if (card.isPending) return <Loading />;
  if (!card.data) return <Failed error={card.error} retry={() => void card.refetch()} />;
  return <Loaded key={id} lead={card.data} />;
}

function Loaded({ lead }: { readonly lead: Lead }) {
  const { id } = lead;
  const [isConverting, setConverting] = useState(false);
  return (
    <CardFrame
      kind="lead"
      id={id}
      name={lead.name ?? lead.title}
      actions={
        <>
          {!lead.convertedTo && (
            <Button look="main" onClick={() => setConverting(true)}>
              {t('lead.convert')}
            </Button>
          )}
          <EditCard kind="lead" card={lead} />
        </>
      }
      facts={<LeadFacts lead={lead} />}
    >
      {lead.convertedTo && (
        <p className="card-note">
          {t('lead.converted')}{' '}
          <Link to={linkTo(lead.convertedTo.kind, lead.convertedTo.id)}>{t('lead.converted-to')}</Link>
        </p>
      )}
      <Notes kind="lead" id={id} notes={lead.notes} />
      {isConverting && <ConvertLead lead={lead} onClose={() => setConverting(false)} />}
    </CardFrame>
  );
}

function LeadFacts({ lead }: { readonly lead: Lead }) {
  const statuses = useStatuses('lead').data ?? [];
  return (
    <>
      <Fact name={t('card.phone')}>
        <Phones phones={lead.phones} />
      </Fact>
      <Fact name={t('lead.status')}>
        <QuickSelect
          kind="lead"
          id={lead.id}
          field="status"
          label={t('lead.status')}
          value={lead.status}
          options={statuses}
        />
      </Fact>
      <Fact name={t('card.responsible')}>
        <Responsible kind="lead" id={lead.id} userId={lead.responsibleUserId} />
      </Fact>
      <Email email={lead.email} />
      {lead.source && <Fact name={t('lead.source')}>{lead.source}</Fact>}
      <Fact name={t('leads.came')}>{listTime(lead.createdAt)}</Fact>
    </>
  );
}
