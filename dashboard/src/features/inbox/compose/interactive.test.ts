import { describe, expect, it } from 'vitest';

import { bodyOfDraft, faultsOf, lengthOf, newDraft, placeOfField, type Draft } from './interactive';

const buttons: Draft = { ...newDraft('buttons'), body: ' Shall we? ', choices: [{ title: 'Yes', description: '' }, { title: 'No', description: '' }] };
const list: Draft = { ...newDraft('list'), body: 'What?', opens: 'See all', choices: [{ title: 'Rice', description: 'Basmati' }, { title: 'Oil', description: '' }] };

describe('messages with buttons or a list', () => {
  it('are sent as the API takes them', () => {
    expect(bodyOfDraft({ ...buttons, header: 'Order', footer: 'Shop' }, 'm0')).toEqual({
      reply_to: 'm0', buttons: { body: 'Shall we?', buttons: [{ id: 'colleague-1', title: 'Yes' }, { id: 'colleague-2', title: 'No' }], header: { text: 'Order' }, footer: 'Shop' },
    });
    expect(bodyOfDraft(list, null)).toEqual({
      list: { body: 'What?', button: 'See all', sections: [{ rows: [{ id: 'colleague-1', title: 'Rice', description: 'Basmati' }, { id: 'colleague-2', title: 'Oil' }] }] },
    });
  });

  it('keep the ids they had, and give none twice', () => {
    const draft = { ...buttons, choices: [{ title: 'New', description: '' }, { id: 'colleague-1', title: 'Old', description: '' }] };
    expect(bodyOfDraft(draft, null)).toMatchObject({ buttons: { buttons: [{ id: 'colleague-2' }, { id: 'colleague-1' }] } });
  });

  it('name each part that is missing, too long, or reads like another', () => {
    const draft = { ...list, header: 'x'.repeat(61), body: '', opens: 'x'.repeat(20), choices: [{ title: 'x'.repeat(25), description: 'x'.repeat(73) }, { title: ' ', description: '' }] };
    expect([...faultsOf(draft)]).toEqual([
      ['header', { code: 'too_long', count: 1 }], ['body', { code: 'missing' }], ['title.0', { code: 'too_long', count: 1 }], ['description.0', { code: 'too_long', count: 1 }], ['title.1', { code: 'missing' }],
    ]);
    expect(faultsOf({ ...buttons, choices: [{ title: 'Yes', description: '' }, { title: 'Yes ', description: '' }] }).get('title.1')).toEqual({ code: 'same' });
    // Rows of one name are told apart by their second line.
    expect(faultsOf({ ...list, choices: [{ title: 'Rice', description: '1 kg' }, { title: 'Rice', description: '5 kg' }] }).size).toBe(0);
    expect(faultsOf(buttons).size).toBe(0);
  });

  it('are measured like a reply, an emoji as one', () => {
    expect(lengthOf(' 👍 ')).toBe(1);
    expect(lengthOf('चीनी')).toBe(4);
  });

  it('know the parts the server names', () => {
    expect(['buttons.buttons[1].title', 'buttons.buttons[0]', 'list.sections[0].rows[2].description', 'list.button', 'buttons.header.text', 'list.body'].map(placeOfField))
      .toEqual(['title.1', 'title.0', 'description.2', 'opens', 'header', 'body']);
  });
});
