// Card or transfer. The provider is simulated, so instead of a card's number it is chosen how the card behaves.
import { el } from '../core/dom.js'
import { field } from '../core/field.js'
import { t } from '../core/texts.js'

const CARDS = ['tok_ok', 'tok_slow', 'tok_declined', 'tok_unavailable']

export function paymentFields() {
  const card = field('cardtoken', t('field.cardtoken'), el('select', {}, CARDS.map(token => el('option', { value: token }, t(`card.${token}`)))), t('hint.cardtoken'))
  const transfer = el('p', { class: 'hint', hidden: true }, t('hint.transfer'))
  const choose = type => {
    card.hidden = type !== 'card'
    transfer.hidden = type !== 'transfer'
  }
  const choice = type => el('label', { class: 'choice' },
    el('input', { type: 'radio', name: 'paymenttype', value: type, checked: type === 'card', onchange: () => choose(type) }),
    el('span', {}, el('strong', {}, t(`payment.${type}`)), el('small', {}, t(`payment.${type}.line`))))
  return el('fieldset', {}, el('legend', {}, t('order.payment')), el('div', { class: 'choices' }, choice('card'), choice('transfer')), card, transfer)
}
