/** Verifies a mobile number in two steps: we call it and say a code; whoever holds it reads the code back. */
import { useState } from 'react';
import type { OwnNumber } from '../../../../server/api/messages';
import { useCallMobile, useProveMobile } from '../../api/mobile';
import { fieldProblem } from '../../api/problem';
import { notify } from '../../frame/notices';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { InputField } from '../../parts/field';
import { Form } from '../../parts/form';
import { FormProblem } from '../../parts/states';
import { shownNumber } from '../../text/phone-number';
import { t } from '../../text/text';

interface VerifyMobileProps {
  readonly number: OwnNumber;
  readonly onClose: () => void;
}

export function VerifyMobile({ number: { id, number }, onClose }: VerifyMobileProps) {
  const call = useCallMobile(id);
  const prove = useProveMobile(id);
  const [code, setCode] = useState('');
  const done = () => {
    onClose();
    notify('done', t('mobile.verified', { number: shownNumber(number) }));
  };
  return (
    <Dialog title={t('mobile.verify')} onClose={onClose}>
      <p className="dialog-text">{t('mobile.why', { number: shownNumber(number) })}</p>
      <Form
        onSubmit={() => prove.mutate(code, { onSuccess: done })}
        submit={t('mobile.verify')}
        busy={prove.isPending}
        error={fieldProblem(prove.error, 'code') === undefined ? prove.error : undefined}
        onCancel={onClose}
      >
        <div>
          <Button busy={call.isPending} onClick={() => call.mutate()}>
            {t(call.isSuccess ? 'mobile.call-again' : 'mobile.call')}
          </Button>
        </div>
        {call.isSuccess && <p role="status">{t('mobile.rings')}</p>}
        <FormProblem error={call.error} />
        <InputField
          label={t('mobile.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          className="input num"
          pattern="[0-9]{6}"
          maxLength={6}
          required
          hint={t('mobile.code-rule')}
          wrong={fieldProblem(prove.error, 'code') && t('mobile.wrong-code')}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </Form>
    </Dialog>
  );
}
