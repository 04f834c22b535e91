import { webhook } from './names';
import type { Language } from './texts';

export const channelNames = ['log', 'webhook', 'smtp'] as const;
export type ChannelName = (typeof channelNames)[number];

export interface Settings {
  /** `dapr run` hands the port down as APP_PORT: then only this machine is meant. In a cluster everybody listens on 8080. */
  host: string;
  port: number;
  daprHost: string;
  daprPort: string;
  /** What the own sidecar sends with its calls; empty if everybody may call. */
  appApiToken: string;
  channels: ChannelName[];
  languages: Language[];
  webhookBinding: string;
  smtp: { url: string; from: string };
}

export class WrongSetting extends Error {}

/** Reads the settings from environment variables, such as `Notification__Channels=log,webhook`. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const channels = (env.Notification__Channels || 'log').split(',').map(name => oneOf('Notification__Channels', name.trim(), channelNames));
  const language = oneOf('Notification__Language', env.Notification__Language || 'both', ['both', 'ko', 'en'] as const);
  const smtp = { url: env.Notification__Smtp__Url ?? '', from: env.Notification__Smtp__From ?? '' };
  if (channels.includes('smtp') && !(URL.canParse(smtp.url) && smtp.from)) {
    throw new WrongSetting('the channel smtp needs Notification__Smtp__Url, such as smtp://localhost:1025, and Notification__Smtp__From, an e-mail address');
  }
  return {
    ...(env.APP_PORT ? { host: '127.0.0.1', port: Number(env.APP_PORT) } : { host: '0.0.0.0', port: 8080 }),
    daprHost: '127.0.0.1',
    daprPort: env.DAPR_HTTP_PORT || '3500',
    appApiToken: env.APP_API_TOKEN ?? '',
    channels: [...new Set(channels)],
    languages: language === 'both' ? ['ko', 'en'] : [language],
    webhookBinding: env.Notification__Webhook__Binding || webhook,
    smtp,
  };
}

function oneOf<T extends string>(setting: string, value: string, allowed: readonly T[]): T {
  if ((allowed as readonly string[]).includes(value)) return value as T;
  throw new WrongSetting(`${setting} is one of ${allowed.join(', ')}, not '${value}'`);
}
