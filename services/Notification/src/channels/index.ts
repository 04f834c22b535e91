import type { DaprClient } from '@dapr/dapr';
import type { ChannelName, Settings } from '../settings';
import type { Channel } from './channel';
import { logChannel } from './log';
import { smtpChannel } from './smtp';
import { webhookChannel } from './webhook';

/** The channels that the settings ask for. */
export function channelsOf(settings: Settings, dapr: DaprClient): Channel[] {
  const makers: Record<ChannelName, () => Channel> = {
    log: () => logChannel,
    webhook: () => webhookChannel(dapr, settings.webhookBinding),
    smtp: () => smtpChannel(settings.smtp),
  };
  return settings.channels.map(name => makers[name]());
}
