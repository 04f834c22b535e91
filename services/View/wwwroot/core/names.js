// Names of resorts and regions in the language of the page; those that staff has just made are called as staff calls them.
import { word } from './texts.js'

export const resortName = (id, otherwise) => word(`resort.${id}.name`, otherwise)

export const resortLine = id => word(`resort.${id}.line`, '')

export const regionName = region => word(`region.${region}`, region)
