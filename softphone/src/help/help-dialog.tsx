/** The help of one page: what it is for, how the usual things are done, and the keys that work here now. */
import { useQuery } from '@tanstack/react-query';
import { keyCap } from '../frame/shortcut-keys';
import { type ShortcutId, type ShortcutScope, shortcuts } from '../frame/shortcuts';
import { useAvailableShortcuts, useSingleKeys } from '../frame/use-shortcuts';
import { Dialog } from '../parts/dialog';
import { Loading } from '../parts/states';
import { language, t } from '../text/text';
import { type HelpTopic, loadHelp, topics } from './topics';
import '../styles/help.css';

interface HelpDialogProps {
  readonly topic: HelpTopic | undefined;
  readonly onClose: () => void;
}

export default function HelpDialog({ topic, onClose }: HelpDialogProps) {
  return (
    <Dialog title={topic === undefined ? t('help.title') : t(topics[topic])} onClose={onClose} width="wide">
      <div className="help">
        {topic !== undefined && <Told topic={topic} />}
        <ToldOfPhone />
        <Keys />
      </div>
    </Dialog>
  );
}

function Told({ topic }: { readonly topic: HelpTopic }) {
  const spoken = language();
  const help = useQuery({ queryKey: ['help', spoken], queryFn: () => loadHelp(spoken), staleTime: Infinity });
  if (help.isPending) return <Loading />;
  const page = help.data?.[topic];
  if (page === undefined) return null;
  return (
    <div>
      <p className="help-for">{page.for}</p>
      <ul className="help-how">
        {page.how.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

/** Where there is a phone, one can dial. */
function ToldOfPhone() {
  const hasPhone = useAvailableShortcuts().includes('phone-dial');
  if (!hasPhone) return null;
  return (
    <section>
      <h3 className="section-title">{t(topics.phone)}</h3>
      <Told topic="phone" />
    </section>
  );
}

const scopes: readonly ShortcutScope[] = ['phone', 'list', 'anywhere', 'pages'];

function Keys() {
  const available = useAvailableShortcuts();
  const isOn = useSingleKeys();
  return (
    <section>
      <h3 className="section-title">{t('help.keys')}</h3>
      {!isOn && <p className="field-hint">{t('help.keys-off')}</p>}
      <div className="help-keys">
        {scopes.map((scope) => (
          <KeyTable key={scope} scope={scope} ids={available.filter((id) => shortcuts[id].scope === scope)} />
        ))}
      </div>
    </section>
  );
}

function KeyTable({ scope, ids }: { readonly scope: ShortcutScope; readonly ids: readonly ShortcutId[] }) {
  if (ids.length === 0) return null;
  return (
    <dl aria-label={t(`help.keys-${scope}`)}>
      {ids.map((id) => (
        <div key={id} className="help-key">
          <dt>
            {shortcuts[id].keys.map((key) => (
              <kbd key={key}>{keyCap(key)}</kbd>
            ))}
          </dt>
          <dd>{t(shortcuts[id].says)}</dd>
        </div>
      ))}
    </dl>
  );
}
