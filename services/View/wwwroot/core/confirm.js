// Asks before what cannot be taken back.
import { el } from './dom.js'

export const confirm = (title, text, yes, no) => new Promise(resolve => {
  const answer = value => { dialog.close(value) }
  const dialog = el('dialog', { 'aria-labelledby': 'confirm-title', 'aria-describedby': 'confirm-text', onclose: () => { dialog.remove(); resolve(dialog.returnValue === 'yes') } },
    el('h2', { id: 'confirm-title' }, title),
    el('p', { id: 'confirm-text' }, text),
    el('div', { class: 'buttons' },
      el('button', { class: 'button plain', type: 'button', autofocus: true, onclick: () => answer('no') }, no),
      el('button', { class: 'button danger', type: 'button', onclick: () => answer('yes') }, yes)))
  document.body.append(dialog)
  dialog.showModal()
})
