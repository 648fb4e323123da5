/** Our numbers: on which trunk each is, where its calls go, and what is made of an unknown caller. */
import { useState } from 'react';
import { Link } from 'react-router';
import type { OwnNumber } from '../../../../server/api/messages';
import { useFeature } from '../../api/me';
import { useNumbers, useRemoveSetting, useTrunks } from '../../api/settings';
import { Button, IconButton } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { RemoveButton } from '../../parts/remove-button';
import { Table } from '../../parts/table';
import { shownNumber } from '../../text/phone-number';
import { t } from '../../text/text';
import { NumberDialog } from './number-dialog';
import { useRouteWords } from './route-field';
import { Explain } from './routes/explain';
import { SettingsHead } from './settings-head';
import { VerifyMobile } from './verify-mobile';

export default function Numbers() {
  const numbers = useNumbers();
  const trunks = useTrunks();
  const remove = useRemoveSetting('numbers');
  const routeWords = useRouteWords();
  const [edited, setEdited] = useState<OwnNumber | 'new'>();
  return (
    <>
      <SettingsHead title={t('settings.numbers')} why={t('numbers.why')}>
        <Button look="main" icon="plus" onClick={() => setEdited('new')}>
          {t('numbers.new')}
        </Button>
      </SettingsHead>
      <Table
        label={t('settings.numbers')}
        query={numbers}
        heads={[
          t('numbers.number'),
          t('card.name'),
          t('numbers.trunk'),
          t('numbers.route'),
          t('numbers.makes'),
          t('numbers.line'),
          '',
        ]}
        empty={t('numbers.none')}
        emptyWhy={<WhereToBegin />}
        row={(number) => (
          <tr key={number.id}>
            <td>
              <button type="button" className="link num" onClick={() => setEdited(number)}>
                {number.number === '*' ? t('numbers.any') : shownNumber(number.number)}
              </button>
            </td>
            <td>{number.name ?? ''}</td>
            <td>{trunks.data?.find((trunk) => trunk.id === number.trunkId)?.name ?? '–'}</td>
            <td>{routeWords(number.route)}</td>
            <td>{t(`makes.${number.makes}`)}</td>
            <td className="num">{number.line ?? ''}</td>
            <td className="table-action">
              <span className="row-buttons">
                <AskButtons number={number} />
                <RemoveButton
                  name={shownNumber(number.number)}
                  text={t('numbers.remove-why')}
                  remove={remove}
                  id={number.id}
                />
              </span>
            </td>
          </tr>
        )}
      />
      {edited && <NumberDialog number={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}

function WhereToBegin() {
  return (
    <>
      <p>{t('numbers.none-why')}</p>
      <Link to="/first-start">{t('first-start.begin')}</Link>
    </>
  );
}

/** Asks which way a call to it would go, and lets a mobile be verified. */
function AskButtons({ number }: { readonly number: OwnNumber }) {
  const mobiles = useFeature('mobiles');
  const [asked, ask] = useState<'way' | 'proof'>();
  const close = () => ask(undefined);
  return (
    <>
      {mobiles && number.kind === 'mobile' && number.ownerUserId && !number.isVerified && (
        <Button look="quiet" onClick={() => ask('proof')}>
          {t('mobile.verify')}
        </Button>
      )}
      <IconButton
        icon="question"
        label={t('numbers.explain', { number: shownNumber(number.number) })}
        onClick={() => ask('way')}
      />
      {asked === 'proof' && <VerifyMobile number={number} onClose={close} />}
      {asked === 'way' && (
        <Dialog title={t('explain.title')} width="wide" onClose={close}>
          <div className="explain-dialog">
            <Explain numberId={number.id} />
          </div>
        </Dialog>
      )}
    </>
  );
}
