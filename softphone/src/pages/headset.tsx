/** Test my headset: choose microphone and speakers, see the level, hear a tone, hear oneself (recorded for five seconds). Errors are told. */
import { useState, useSyncExternalStore } from 'react';
import { PageHead } from '../frame/page-head';
import { EchoTest } from '../headset/echo-test';
import { HeadsetKeyChoice } from '../headset/key-choice';
import { useMicrophoneTest } from '../headset/use-microphone-test';
import { useDevices } from '../headset/use-devices';
import { LevelMeter } from '../panel/level-meter';
import { microphoneWords } from '../panel/phone-words';
import { Button } from '../parts/button';
import { SelectField } from '../parts/field';
import { type AudioChoice, audioChoice, chooseAudio, watchAudioChoice } from '../phone/audio-choice';
import { start, testTone } from '../phone/ringer';
import { after } from '../clock';
import { type TextKey, t } from '../text/text';

export default function Headset() {
  const test = useMicrophoneTest();
  const devices = useDevices(test.stream);
  return (
    <>
      <PageHead title={t('headset.test')} />
      <div className="page-body headset">
        <section className="headset-part" aria-label={t('headset.microphone')}>
          <h2 className="section-title">{t('headset.microphone')}</h2>
          <DeviceField of="microphone" label="headset.which-microphone" devices={devices} kind="audioinput" />
          {test.problem && (
            <p className="form-problem" role="alert">
              {t(microphoneWords[test.problem])}
            </p>
          )}
          {test.stream && <LevelMeter stream={test.stream} />}
          {test.stream ? (
            <EchoTest stream={test.stream} />
          ) : (
            <Button look="main" icon="mic" busy={test.isAsking} onClick={test.open}>
              {t('headset.try-microphone')}
            </Button>
          )}
        </section>
        <section className="headset-part" aria-label={t('headset.speakers')}>
          <h2 className="section-title">{t('headset.speakers')}</h2>
          <Speaker of="speaker" label="headset.voices" devices={devices} />
          <Speaker of="ringer" label="headset.rings-on" devices={devices} />
        </section>
        <section className="headset-part" aria-label={t('headset.more')}>
          <h2 className="section-title">{t('headset.more')}</h2>
          <NoticeChoice />
          <HeadsetKeyChoice />
        </section>
      </div>
    </>
  );
}

interface DeviceFieldProps {
  readonly of: keyof AudioChoice;
  readonly label: TextKey;
  readonly devices: readonly MediaDeviceInfo[];
  readonly kind: MediaDeviceKind;
}

function DeviceField({ of, label, devices, kind }: DeviceFieldProps) {
  const chosen = useSyncExternalStore(watchAudioChoice, audioChoice)[of];
  // Before a microphone was allowed, browsers give devices without names.
  const named = devices.filter(
    (device) => device.kind === kind && device.deviceId !== '' && device.deviceId !== 'default',
  );
  return (
    <SelectField
      label={t(label)}
      value={named.some(({ deviceId }) => deviceId === chosen) ? chosen : ''}
      onChange={(event) => chooseAudio({ [of]: event.target.value })}
    >
      <option value="">{t('headset.system')}</option>
      {named.map(({ deviceId, label: name }, at) => (
        <option key={deviceId} value={deviceId}>
          {name === '' ? t('headset.device', { count: at + 1 }) : name}
        </option>
      ))}
    </SelectField>
  );
}

function Speaker({ of, label, devices }: Omit<DeviceFieldProps, 'kind'> & { readonly of: 'speaker' | 'ringer' }) {
  const [isPlaying, setPlaying] = useState(false);
  const play = () => {
    const stop = start(testTone, of);
    setPlaying(true);
    after(1_300, () => {
      stop();
      setPlaying(false);
    });
  };
  return (
    <div className="headset-speaker">
      <DeviceField of={of} label={label} devices={devices} kind="audiooutput" />
      <Button icon="sound" busy={isPlaying} aria-label={t('headset.play-on', { what: t(label) })} onClick={play}>
        {t('headset.play')}
      </Button>
    </div>
  );
}

/** Whether the browser tells of calls while another window is in front. */
function NoticeChoice() {
  const [permission, setPermission] = useState('Notification' in window ? Notification.permission : 'denied');
  if (permission === 'granted') return <p>{t('headset.notices-on')}</p>;
  if (permission === 'denied') return <p className="dim">{t('headset.notices-denied')}</p>;
  return (
    <Button icon="bell" onClick={() => void Notification.requestPermission().then(setPermission)}>
      {t('headset.notices-allow')}
    </Button>
  );
}
