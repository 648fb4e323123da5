/** Feature codes: what is dialled, and what is pressed in a call. A clash is said while one types, by the router's own rule. */
import {
  type DialledCode,
  defaultCodes,
  type FeatureCodes,
  type InCallCode,
} from '../../../../../call-router/state/feature-code';
import { featureOfCode } from '../../../../../call-router/state/feature-switch';
import { useDocument } from '../../../api/documents';
import { useFeature, useFeatures } from '../../../api/me';
import { useOffice } from '../../../api/office';
import { usePeople } from '../../../api/people';
import { DocumentForm } from '../../../parts/document-form';
import { FormSection } from '../../../parts/page-form';
import { t } from '../../../text/text';
import { SettingsHead } from '../settings-head';
import { type ClashAt, clashOf } from './code-clashes';
import { CodeRow } from './code-row';
import { ParkingForm } from './parking';

export default function Codes() {
  return (
    <>
      <SettingsHead title={t('settings.codes')} why={t('codes.why')} />
      <div className="form-pair">
        <DocumentForm of="feature-codes">
          {({ draft, change, wrong }) => <CodeTables codes={draft} wrong={wrong} onChange={change} />}
        </DocumentForm>
        {useFeature('park') && <ParkingForm />}
      </div>
    </>
  );
}

interface CodeTablesProps {
  readonly codes: FeatureCodes;
  readonly wrong: (field: string) => string | undefined;
  readonly onChange: (codes: Partial<FeatureCodes>) => void;
}

const dialled = namesOf(defaultCodes.dialled);
const inCall = namesOf(defaultCodes.inCall);

function CodeTables({ codes, wrong, onChange }: CodeTablesProps) {
  const clash = useClash(codes);
  const offered = useFeatures();
  const isShown = (code: DialledCode | InCallCode): boolean => {
    const feature = featureOfCode[code];
    return feature === undefined || offered.includes(feature);
  };
  const wrongWith = (part: string, name: string) =>
    clash?.field === `${part}.${name}` ? clash.words : wrong(`${part}.${name}`);
  return (
    <>
      <FormSection title={t('codes.dialled')} why={t('codes.dialled-why')}>
        <table className="table code-table" aria-label={t('codes.dialled')}>
          <tbody>
            {dialled.filter(isShown).map((name) => (
              <CodeRow
                key={name}
                name={t(`code.${name}`)}
                why={t(`code-why.${name}`)}
                typed={codes.dialled[name].join(' ')}
                usual={defaultCodes.dialled[name].join(' ')}
                pattern="[0-9*]{2,8}( +[0-9*]{2,8}){0,4}"
                hint={t('codes.rule')}
                wrong={wrongWith('dialled', name)}
                onChange={(typed) => onChange({ dialled: { ...codes.dialled, [name]: valuesOf(typed) } })}
              />
            ))}
          </tbody>
        </table>
      </FormSection>
      <FormSection title={t('codes.in-call')} why={t('codes.in-call-why')}>
        <table className="table code-table" aria-label={t('codes.in-call')}>
          <tbody>
            {inCall.filter(isShown).map((name) => (
              <CodeRow
                key={name}
                name={t(`in-call.${name}`)}
                why={t('codes.pressed', { digit: codes.inCall[name] })}
                typed={codes.inCall[name]}
                usual={defaultCodes.inCall[name]}
                pattern="[0-9]"
                hint={t('codes.in-call-rule')}
                wrong={wrongWith('inCall', name)}
                onChange={(typed) => onChange({ inCall: { ...codes.inCall, [name]: typed.trim() } })}
              />
            ))}
          </tbody>
        </table>
      </FormSection>
    </>
  );
}

const valuesOf = (typed: string): readonly string[] => typed.split(/[\s,]+/).filter((value) => value !== '');

function namesOf<Name extends DialledCode | InCallCode>(codes: Readonly<Record<Name, unknown>>): readonly Name[] {
  return Object.keys(codes).filter((name): name is Name => name in codes);
}

function useClash(codes: FeatureCodes): ClashAt | undefined {
  const calendars = useOffice('calendars').data ?? [];
  const people = usePeople().data ?? [];
  const parking = useDocument('parking').data;
  return clashOf(codes, { calendars, people, parking });
}
