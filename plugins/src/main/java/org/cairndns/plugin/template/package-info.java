/**
 * The {@code template} directive: responses made of the question by templates of records.
 *
 * <pre>
 *   Directive --StanzaReader--> Stanza (zones, class, type, patterns, RecordTemplates)
 *   query --Stanza.match--> Match (the data) --RecordTemplate--> RecordLine --TemplateAnswer--> Response
 * </pre>
 */
package org.cairndns.plugin.template;
