/** Saving a recording: the file as it is, or as MP3 made in this browser. */
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { audioPath } from '../api/calls';
import { notify } from '../frame/notices';
import { IconButton } from '../parts/button';
import { t } from '../text/text';
import { useHasMp3Maker } from './mp3-maker';

const sourceUrl = 'https://github.com/ffmpegwasm/ffmpeg.wasm';

interface SaveMenuProps {
  readonly recordingId: string;
  readonly at: string;
}

export function SaveMenu({ recordingId, at }: SaveMenuProps) {
  const [isBusy, setBusy] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const hasMp3Maker = useHasMp3Maker(isOpen);
  const name = `call-${at.slice(0, 19).replace(/[:T]/g, '-')}`;
  const saveMp3 = async () => {
    setBusy(true);
    try {
      const { saveAsMp3 } = await import('./save-as-mp3');
      await saveAsMp3(audioPath(recordingId), `${name}.mp3`);
    } catch {
      notify('failed', t('player.mp3-failed'));
    }
    setBusy(false);
  };
  return (
    <DropdownMenu.Root modal={false} open={isOpen} onOpenChange={setOpen}>
      <DropdownMenu.Trigger asChild>
        <IconButton
          icon="download"
          label={t(isBusy ? 'player.mp3-busy' : 'player.save')}
          aria-busy={isBusy}
          disabled={isBusy}
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          <DropdownMenu.Item className="menu-item" asChild>
            <a href={audioPath(recordingId)} download={`${name}.wav`}>
              {t('player.save-wav')}
            </a>
          </DropdownMenu.Item>
          {hasMp3Maker && <Mp3Items onSave={() => void saveMp3()} />}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Mp3Items({ onSave }: { readonly onSave: () => void }) {
  return (
    <>
      <DropdownMenu.Item className="menu-item" onSelect={onSave}>
        {t('player.save-mp3')}
      </DropdownMenu.Item>
      <DropdownMenu.Separator className="menu-line" />
      <p className="menu-note">{t('player.mp3-licence')}</p>
      <DropdownMenu.Item className="menu-item menu-small" asChild>
        <a href={sourceUrl} target="_blank" rel="noreferrer">
          {t('player.mp3-source')}
        </a>
      </DropdownMenu.Item>
      <DropdownMenu.Item className="menu-item menu-small" asChild>
        <a href="/ffmpeg/LICENCE.txt" target="_blank" rel="noreferrer">
          {t('player.mp3-licence-text')}
        </a>
      </DropdownMenu.Item>
    </>
  );
}
