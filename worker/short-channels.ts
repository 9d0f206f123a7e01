import type { ShortPort } from '../activities/create-activities';
import { openChannel, type ChannelConfig } from '../channels/channel-config';
import type { ShortMessage } from '../channels/short-message';
import { wallClock } from '../platform/clock';

/** The robots and webhooks of a deployment, by their names. Their limits and signatures go by wall time, also where a demo has its own. */
export function shortChannels(configs: readonly ChannelConfig[]): ShortPort {
  const channels = new Map(configs.map((config) => [config.name, openChannel(config)]));
  return {
    send: async (name, summary) => {
      const channel = channels.get(name);
      // a message of before there was a summary goes by mail only
      if (channel === undefined || summary === null) return null;
      return channel.send(summary as ShortMessage, { now: await wallClock.now() });
    },
  };
}
