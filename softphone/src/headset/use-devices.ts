/** Microphones and speakers that are there now; with their names once a microphone was allowed. */
import { useEffect, useState } from 'react';

/** @param stream when it changes, names may have become known. */
export function useDevices(stream: MediaStream | undefined): readonly MediaDeviceInfo[] {
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => {
    if (!('mediaDevices' in navigator)) return undefined;
    const look = (): void => {
      void navigator.mediaDevices.enumerateDevices().then(setDevices, () => setDevices([])); // not allowed: none to choose
    };
    look();
    navigator.mediaDevices.addEventListener('devicechange', look);
    return () => navigator.mediaDevices.removeEventListener('devicechange', look);
  }, [stream]);
  return devices;
}
