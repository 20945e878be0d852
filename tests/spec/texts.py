"""Spec texts that several tests read."""

from __future__ import annotations

SEED = """\
resources:
  createPost:
    type: function
    properties:
      packageConfig:
        filePath: src/index.ts
      events:
        - type: http-api-gateway
          properties:
            httpApiGatewayName: myGateway
            path: /post/create
            method: POST
            authorizer:
              type: cognito
              properties:
                userPoolName: myUserPool
  myUserPool:
    type: user-auth-pool
    properties:
      userVerificationType: email-code
      passwordPolicy:
        minimumLength: 8
"""

EVERY_PROPERTY = """\
serviceName: shop
variables:
  days: 14
resources:
  trigger:
    type: function
  guard:
    type: web-app-firewall
  everything:
    type: user-auth-pool
    properties:
      allowOnlyAdminsToCreateAccount: true
      unusedAccountValidityDays: 14
      requireEmailVerification: true
      requirePhoneNumberVerification: true
      enableHostedUi: true
      hostedUiDomainPrefix: shop-login
      hostedUiCSS: ".logo-customizable { max-width: 60%; }"
      customDomain:
        domainName: login.example.com
        customCertificateArn: arn:aws:acm:us-east-1:123456789012:certificate/0a1b
        disableDnsRecordCreation: true
      emailConfiguration:
        sesAddressArn: arn:aws:ses:eu-west-1:123456789012:identity/shop@example.com
        from: Shop <shop@example.com>
        replyToEmailAddress: help@example.com
      inviteMessageConfig:
        emailMessage: "Hello {username}, your code is {####}"
        emailSubject: Welcome
        smsMessage: "{username} {####}"
      userVerificationType: email-code
      userVerificationMessageConfig:
        emailMessageUsingCode: "Your code is {####}"
        emailMessageUsingLink: "{##Click here##}"
        emailSubjectUsingCode: Your code
        emailSubjectUsingLink: Your link
        smsMessage: "Code {####}"
      mfaConfiguration:
        status: OPTIONAL
        enabledTypes: [SMS, SOFTWARE_TOKEN]
      passwordPolicy:
        minimumLength: 12
        requireLowercase: true
        requireNumbers: true
        requireSymbols: false
        requireUppercase: true
        temporaryPasswordValidityDays: 14
      schema:
        - name: tier
          attributeDataType: String
          developerOnlyAttribute: false
          mutable: true
          required: false
          stringMinLength: 1
          stringMaxLength: 20
        - name: visits
          attributeDataType: Number
          numberMinValue: 0
          numberMaxValue: 1000000
      allowPhoneNumberAsUserName: false
      allowEmailAsUserName: true
      accessTokenValiditySeconds: 3600
      idTokenValiditySeconds: 3600
      refreshTokenValidityDays: 10
      generateClientSecret: true
      allowedOathFlows: [code]
      allowedOAuthScopes: [email, openid, profile]
      callbackURLs: ["https://shop.example.com/in"]
      logoutURLs: ["https://shop.example.com/out"]
      identityProviders:
        - type: Google
          clientId: google-id
          clientSecret: $Secret('google.secret')
          attributeMapping: {email: email, name: name}
          authorizeScopes: [email, openid]
          providerDetails: {}
        - type: Facebook
          clientId: facebook-id
          clientSecret: $Secret('facebook')
        - type: LoginWithAmazon
          clientId: amazon-id
          clientSecret: $SsmParam('/amazon')
        - type: SignInWithApple
          clientId: com.example.shop
          clientSecret: $Secret('unused')
          providerDetails:
            team_id: ABCDE12345
            key_id: KEY1234567
            private_key: $Secret('apple.key')
        - type: OIDC
          name: corporate
          clientId: oidc-id
          clientSecret: $Secret('oidc.secret')
          providerDetails: {oidc_issuer: "https://id.example.com"}
        - type: SAML
          clientId: unused
          clientSecret: $Secret('unused')
          providerDetails: {MetadataURL: "https://saml.example.com/metadata", IDPSignout: true}
      allowOnlyExternalIdentityProviders: true
      useFirewall: guard
      hooks:
        customMessage: $ResourceParam('trigger', 'arn')
        postAuthentication: $ResourceParam('trigger', 'arn')
        postConfirmation: $ResourceParam('trigger', 'arn')
        preAuthentication: $ResourceParam('trigger', 'arn')
        preSignUp: $ResourceParam('trigger', 'arn')
        preTokenGeneration: $ResourceParam('trigger', 'arn')
        userMigration: arn:aws:lambda:eu-west-1:123456789012:function:migrate:live
        createAuthChallenge: $ResourceParam('trigger', 'arn')
        defineAuthChallenge: $ResourceParam('trigger', 'arn')
        verifyAuthChallengeResponse: $ResourceParam('trigger', 'arn')
    overrides:
      UserPool:
        UserPoolTier: PLUS
"""
