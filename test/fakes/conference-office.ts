/** The small office with conference rooms and more people: Dana may supervise, Eva leads the group of Anna and Boris. */
import type { Binding } from '../../call-router/state/view';
import type { Device, Directory, User } from '../../call-router/state/directory';
import type { Group, Room } from '../../call-router/state/office';
import { bindingIdOf, deviceIdOf, epochMs, groupIdOf, roomIdOf, userIdOf } from '../../call-router/values/ids';

const person = (extension: string, name: string, rights: User['rights'] = []): User => ({
  id: userIdOf(`u${extension}`),
  name,
  extension,
  rights,
});
const dana = person('104', 'Dana', ['supervise']);
const eva = person('105', 'Eva');
const devices: readonly Device[] = [
  { id: deviceIdOf('dana-desk'), userId: dana.id, kind: 'phone' },
  { id: deviceIdOf('eva-desk'), userId: eva.id, kind: 'phone' },
];
const rooms: readonly Room[] = [
  { id: roomIdOf('open'), name: 'Open', number: '1', membersMax: 3 },
  { id: roomIdOf('closed'), name: 'Closed', number: '22', pin: '1234', membersMax: 10 },
];
const sales: Group = {
  id: groupIdOf('sales'),
  name: 'Sales',
  userIds: [userIdOf('u101'), userIdOf('u102')],
  headUserId: eva.id,
  isPickupGroup: false,
};

export function withConferences(office: Directory): Directory {
  return {
    ...office,
    users: new Map([...office.users, [dana.id, dana], [eva.id, eva]]),
    devices: new Map([...office.devices, ...devices.map((device) => [device.id, device] as const)]),
    groups: new Map(office.groups).set(sales.id, sales),
    rooms: new Map(rooms.map((room) => [room.id, room])),
  };
}

export const conferenceBindings: readonly Binding[] = devices.map(({ id }) => ({
  id: bindingIdOf(id),
  of: { kind: 'device', device: id },
  host: '192.0.2.30',
  media: 'rtp',
  expiresAt: epochMs(9e12),
}));
