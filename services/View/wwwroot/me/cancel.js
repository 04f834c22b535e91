// Cancels after asking; offered where the reservation has the link.
import { el, show } from '../core/dom.js'
import { failure } from '../core/failure.js'
import { follow, offers } from '../core/hal.js'
import { t } from '../core/texts.js'
import { confirm } from '../core/confirm.js'

export function cancelButton(view, begun) {
  if (!offers(view, 'cancel')) return null
  const said = el('div', {})
  const cancel = async () => {
    const sure = await confirm(t('cancel.title'), t(view.paymentstatus === 'Paid' ? 'cancel.paid' : 'cancel.unpaid'), t('cancel.yes'), t('cancel.no'))
    if (!sure) return
    try {
      await follow(view, 'cancel')
      begun()
    } catch (problem) {
      show(said, failure(problem))
    }
  }
  return el('div', { class: 'cancel' }, el('button', { class: 'button plain danger', type: 'button', 'data-focus': 'cancel', onclick: cancel }, t('cancel.do')), said)
}
