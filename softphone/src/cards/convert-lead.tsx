/** Makes a contact of a lead, with a company and a deal if wanted; its calls and recordings come along. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Lead } from '../../../server/api/messages';
import { useConvertLead } from '../api/cards';
import { useFeature } from '../api/me';
import { fieldProblem } from '../api/problem';
import { notify } from '../frame/notices';
import { Dialog } from '../parts/dialog';
import { InputField } from '../parts/field';
import { Choice } from '../parts/filters';
import { Form, textOf } from '../parts/form';
import { t } from '../text/text';
import { CardPicker } from './card-picker';
import { linkTo } from './links';

type Into = 'new' | 'existing';

export function ConvertLead({ lead, onClose }: { readonly lead: Lead; readonly onClose: () => void }) {
  const convert = useConvertLead(lead.id);
  const hasDeals = useFeature('deals');
  const [into, setInto] = useState<Into>('new');
  const go = useNavigate();
  const sent = (fields: FormData) =>
    convert.mutate(conversionOf(fields), {
      onSuccess: ({ contact }) => {
        notify('done', t('lead.converted'));
        void go(linkTo('contact', contact.id), { replace: true });
      },
    });
  return (
    <Dialog title={t('lead.convert')} onClose={onClose}>
      <p className="dialog-text">{t('lead.convert-why')}</p>
      <Form
        onSubmit={sent}
        submit={t('lead.convert')}
        busy={convert.isPending}
        error={convert.error}
        onCancel={onClose}
      >
        <Choice
          label={t('lead.convert-into')}
          value={into}
          options={[
            { value: 'new', name: t('lead.into-new') },
            { value: 'existing', name: t('lead.into-existing') },
          ]}
          onChange={setInto}
        />
        {into === 'new' ? (
          <>
            <InputField
              label={t('lead.contact-name')}
              name="name"
              defaultValue={lead.name}
              maxLength={200}
              required
              wrong={fieldProblem(convert.error, 'name')}
            />
            <InputField label={t('lead.company-name')} name="companyName" maxLength={200} hint={t('action.optional')} />
          </>
        ) : (
          <CardPicker kind="contact" name="contactId" label={t('kind.contact')} />
        )}
        {hasDeals && (
          <InputField label={t('lead.deal-title')} name="dealTitle" maxLength={200} hint={t('action.optional')} />
        )}
      </Form>
    </Dialog>
  );
}

function conversionOf(fields: FormData) {
  const name = textOf(fields, 'name');
  const companyName = textOf(fields, 'companyName');
  const contactId = textOf(fields, 'contactId');
  const dealTitle = textOf(fields, 'dealTitle');
  return {
    ...(name ? { name } : {}),
    ...(companyName ? { companyName } : {}),
    ...(contactId ? { contactId } : {}),
    ...(dealTitle ? { dealTitle } : {}),
  };
}
