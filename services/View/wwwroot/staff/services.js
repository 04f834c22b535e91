// Services and sidecars, up or down, and the breakers between them.
import { el } from '../core/dom.js'
import { t } from '../core/texts.js'

export function services(found) {
  if (!found) return el('p', { class: 'empty' }, t('ops.unavailable'))
  return el('ul', {}, found.map(service => el('li', { 'data-app': service.app, 'data-ready': `${service.ready}` },
    el('strong', {}, service.app),
    sign(service.ready, t(service.ready ? 'ops.up' : 'ops.down')),
    sign(service.sidecar, t(service.sidecar ? 'ops.sidecarUp' : 'ops.sidecarUnknown')),
    (service.breakers ?? []).map(breaker => el('span', { class: 'breaker', 'data-state': breaker.state },
      t('ops.breaker', { target: breaker.target }), ' ', t(`breaker.${breaker.state}`))))))
}

const sign = (good, text) => el('span', { class: good ? 'sign good' : 'sign bad' }, text)
